/**
 * What the code takes for granted of both sides, looked at on those of a migration. Start at {@link
 * io.initload.pipeline.Examination}.
 */
@NullMarked
package io.initload.pipeline.examine;

import org.jspecify.annotations.NullMarked;
