package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import java.time.Instant;

/**
 * An ingest job as it was at one moment.
 *
 * @param modified moves with the state
 * @param uploaded whether its data has arrived
 * @param rows rows uploaded
 * @param batches internal batches its rows make
 * @param processed rows attempted, with the failed ones
 * @param lost rows that are in no result, because no batch was left for them
 * @param retries how often the server tried again
 * @param totalMillis org time from {@code UploadComplete} to the end
 * @param activeMillis org time spent on its rows
 * @param errorMessage why it failed, else empty
 */
public record JobInfo(
    String id,
    JobSpec spec,
    String createdById,
    Instant created,
    Instant modified,
    JobState state,
    boolean uploaded,
    long rows,
    int batches,
    long processed,
    long failed,
    long lost,
    int retries,
    long totalMillis,
    long activeMillis,
    String errorMessage) {}
