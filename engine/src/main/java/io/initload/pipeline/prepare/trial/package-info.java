/** What holds for a load that is not the real one: which rows it takes, and where it may go. */
@NullMarked
package io.initload.pipeline.prepare.trial;

import org.jspecify.annotations.NullMarked;
