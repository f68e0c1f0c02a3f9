/**
 * Rows of a chunk are read at the snapshot and staged as parts; those whose files are gone are read
 * again.
 */
@NullMarked
package io.initload.pipeline.extract;

import org.jspecify.annotations.NullMarked;
