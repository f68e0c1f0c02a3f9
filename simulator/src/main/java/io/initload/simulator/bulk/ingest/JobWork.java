package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.results.JobFiles;
import io.initload.simulator.dml.ColumnPlan;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What is needed to process the rows of a job, and how far that is. Guarded by the lock of {@link
 * IngestJobs}, but for the idle benches.
 */
final class JobWork {
  final UploadIndex index;
  final JobFiles files;
  final ColumnPlan plan;
  final List<String> header;
  final BitSet done = new BitSet();
  final Deque<RowBench> idle = new ConcurrentLinkedDeque<>();
  int batchesLeft;
  int transactionsRunning;

  JobWork(UploadIndex index, JobFiles files, ColumnPlan plan, List<String> header) {
    this.index = index;
    this.files = files;
    this.plan = plan;
    this.header = header;
  }
}
