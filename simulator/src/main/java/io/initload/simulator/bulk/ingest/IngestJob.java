package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.dml.ColumnPlan;
import java.time.Instant;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
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
  @Nullable Work work;

  IngestJob(long number, String id, JobSpec spec, String createdById, Instant created) {
    this.number = number;
    this.id = id;
    this.spec = spec;
    this.createdById = createdById;
    this.created = created;
    this.modified = created;
    this.closed = created;
  }

  /** What is needed to process the rows of a job, and how far that is. */
  static final class Work {
    final UploadIndex index;
    final JobFiles files;
    final ColumnPlan plan;
    final List<String> header;
    final BitSet done = new BitSet();
    final Deque<BatchRun.Bench> benches = new ConcurrentLinkedDeque<>();
    int batchesLeft;
    int transactionsRunning;

    Work(UploadIndex index, JobFiles files, ColumnPlan plan, List<String> header) {
      this.index = index;
      this.files = files;
      this.plan = plan;
      this.header = header;
    }
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
