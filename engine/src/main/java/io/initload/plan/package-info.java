/**
 * The unit of work and its order: chunks, their bounds, the snapshot, batch arithmetic and load
 * order. Pure: no network, no disk, no threads; may use {@code config}. Start at {@link
 * io.initload.plan.ChunkPlan}.
 */
@NullMarked
package io.initload.plan;

import org.jspecify.annotations.NullMarked;
