/** A table whose books are put aside, so that it is loaded anew. */
@NullMarked
package io.initload.pipeline.reset;

import org.jspecify.annotations.NullMarked;
