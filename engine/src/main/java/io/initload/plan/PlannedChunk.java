package io.initload.plan;

/**
 * A chunk as planned.
 *
 * @param rows rows expected in it: exact when {@code exact}, else an estimate
 */
public record PlannedChunk(ChunkBounds bounds, long rows, boolean exact) {}
