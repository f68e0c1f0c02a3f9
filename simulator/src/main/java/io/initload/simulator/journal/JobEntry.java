package io.initload.simulator.journal;

import java.time.Instant;

/**
 * A step in the life of an ingest job.
 *
 * @param state state the job is in from now on, or {@code Deleted}
 * @param rows rows uploaded so far
 */
public record JobEntry(
    Instant at,
    String jobId,
    String object,
    String operation,
    String userId,
    String state,
    long rows) {}
