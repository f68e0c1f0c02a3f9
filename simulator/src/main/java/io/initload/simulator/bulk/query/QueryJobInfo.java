package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.JobState;
import java.time.Instant;

/**
 * A Bulk query job as it was at one moment.
 *
 * @param modified moves with the state
 * @param rows rows of the result
 * @param totalMillis org time from creation to the end
 * @param pkChunking whether the org may cut the work by primary key
 */
public record QueryJobInfo(
    String id,
    QueryRequest request,
    String object,
    String createdById,
    Instant created,
    Instant modified,
    JobState state,
    long rows,
    long totalMillis,
    boolean pkChunking) {}
