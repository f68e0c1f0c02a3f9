/** The proof of a deletion: what is gone, what was refused, and what remains. */
@NullMarked
package io.initload.pipeline.prove.undo;

import org.jspecify.annotations.NullMarked;
