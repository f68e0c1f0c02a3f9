/** Every field of every row: sums of digests from both sides, and what becomes of a difference. */
@NullMarked
package io.initload.pipeline.prove.full;

import org.jspecify.annotations.NullMarked;
