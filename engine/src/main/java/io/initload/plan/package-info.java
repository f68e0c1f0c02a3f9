/**
 * The unit of work and its order: chunks, their bounds, the snapshot, batch arithmetic and load
 * order. Pure: no network,\n * no disk, no threads. Start at {@link io.initload.plan.ChunkBounds}.
 */
@NullMarked
package io.initload.plan;

import org.jspecify.annotations.NullMarked;
