package io.initload.simulator.journal;

import java.time.Instant;

/** Records and batches that a job has drawn from the day's allocations. */
public record UsageEntry(Instant at, String jobId, long records, long batches) {}
