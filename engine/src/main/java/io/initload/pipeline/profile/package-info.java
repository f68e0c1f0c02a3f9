/**
 * What rows will meet on their way to the org, counted where they lie before one of them moves.
 * Start at {@link io.initload.pipeline.profile.DataProfiling}.
 */
@NullMarked
package io.initload.pipeline.profile;

import org.jspecify.annotations.NullMarked;
