/** What is in flight is brought to its end and into the books, and nothing is begun. */
@NullMarked
package io.initload.pipeline.drain;

import org.jspecify.annotations.NullMarked;
