package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.csv.UploadIndex;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One ingest job. All of it is guarded by the lock of {@link IngestJobs}. */
final class IngestJob {
  final String id;
  final long number;
  final JobSpec spec;
  final String createdById;
  final Instant created;

  JobState state = JobState.OPEN;
  Instant modified;
  boolean uploaded;
  boolean uploading;
  Instant closed;
  long rows;
  int batches;
  long processed;
  long failed;
  long lost;
  int retries;
  long totalMillis;
  long activeMillis;
  String errorMessage = "";

  /** The header as it was sent, empty until the job has started. */
  String header = "";

  /** First batch whose rows are in no result; -1 if there is none. */
  int lostFromBatch = -1;

  /** Whether no further transaction may start. */
  boolean stopping;

  /** Where the rows lie, from the upload until processing ends. */
  @Nullable UploadIndex index;

  /** Only while rows are being processed. */
  @Nullable JobWork work;

  IngestJob(long number, String id, JobSpec spec, String createdById, Instant created) {
    this.number = number;
    this.id = id;
    this.spec = spec;
    this.createdById = createdById;
    this.created = created;
    this.modified = created;
    this.closed = created;
  }

  JobInfo info() {
    return new JobInfo(
        id,
        spec,
        createdById,
        created,
        modified,
        state,
        uploaded,
        rows,
        batches,
        processed,
        failed,
        lost,
        retries,
        totalMillis,
        activeMillis,
        errorMessage);
  }
}
