/** Whether something may be begun now: the hours for it, and what people wish. */
@NullMarked
package io.initload.pipeline.begin;

import org.jspecify.annotations.NullMarked;
