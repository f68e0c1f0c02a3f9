package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.results.TransactionLog;
import io.initload.simulator.dml.RowLocks;
import io.initload.simulator.hook.JobFacts;
import io.initload.simulator.store.OrgStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One internal batch being processed, transaction by transaction. Its position is guarded by the
 * lock of {@link IngestJobs}; {@link #perform} is called by one thread at a time without it.
 */
final class BatchRun {
  final IngestJob job;
  final JobWork work;
  final int batch;
  final long key;
  private final IngestSetup setup;
  private final TransactionLog log;
  private final int end;
  private @Nullable RowBench bench;

  Instant started = Instant.EPOCH;
  Duration stalled = Duration.ZERO;
  int next;
  long rowsAllowed;
  long rowsDone;
  int lockFailures;
  int retries;
  boolean ended;
  boolean paid;

  BatchRun(IngestSetup setup, TransactionLog log, IngestJob job, JobWork work, int batch) {
    this.setup = setup;
    this.log = log;
    this.job = job;
    this.work = work;
    this.batch = batch;
    this.key = job.number << 20 | batch;
    this.next = work.index.firstTransaction(batch);
    this.end = work.index.firstTransaction(batch + 1);
    skipDone();
  }

  private void skipDone() {
    while (next < end && work.done.get(next)) {
      rowsDone += work.index.rows(next);
      next++;
    }
  }

  boolean finished() {
    return next >= end;
  }

  /** Rows of the whole batch. */
  long rows() {
    return Math.min(UploadIndex.BATCH_ROWS, work.index.rows() - rowsBefore());
  }

  private long rowsBefore() {
    return (long) batch * UploadIndex.BATCH_ROWS;
  }

  int nextRows() {
    return work.index.rows(next);
  }

  /** When the next transaction is done. */
  Instant nextDone(CostModel cost) {
    return started.plus(stalled).plus(cost.until(rowsDone + nextRows(), rows()));
  }

  JobFacts facts(Instant at) {
    return new JobFacts(
        job.number, job.id, job.spec.object(), batch, next, work.index.firstRow(next), at);
  }

  /** Runs the next transaction and answers what it did. */
  TransactionLog.Done perform(Instant now, RowLocks locks) throws JobFailure {
    RowBench b = bench();
    int length = (int) (work.index.end(next) - work.index.start(next));
    work.files.read(b.buffer(length), length, work.index.start(next));
    b.csv.parse(b.buffer, length);
    addRows(b);
    if (setup.store().durability() == OrgStore.Durability.TEMPORARY) {
      return writeThenPrint(b, now, locks);
    }
    TransactionLog.Done[] done = new TransactionLog.Done[1];
    b.transaction.commit(
        now,
        locks,
        writes -> {
          done[0] = print(b);
          log.add(writes, job.id, done[0]);
        });
    return done[0];
  }

  /** Results are printed without holding up other batches; there is no crash to be safe from. */
  private TransactionLog.Done writeThenPrint(RowBench b, Instant now, RowLocks locks) {
    b.transaction.commit(now, locks, writes -> {});
    TransactionLog.Done done = print(b);
    log.add(b.progress, job.id, done);
    setup.store().write(b.progress);
    return done;
  }

  private void addRows(RowBench b) throws JobFailure {
    int columns = work.header.size();
    b.transaction.begin();
    for (int row = 0; row < b.csv.rows(); row++) {
      if (b.csv.broken(row)) {
        b.transaction.addUnescapedQuote();
      } else if (b.csv.columns(row) == columns) {
        b.transaction.add(b.buffer, b.csv.at(), b.csv.length(), b.csv.first(row));
      } else if (setup.rules().raggedRow() == IngestRules.RaggedRow.FAILS_JOB) {
        throw new JobFailure(
            "InvalidBatch : InvalidBatch : Row %d has %d columns, the header has %d"
                .formatted(work.index.firstRow(next) + row + 1, b.csv.columns(row), columns));
      } else {
        b.transaction.addRagged(b.csv.columns(row));
      }
    }
  }

  private TransactionLog.Done print(RowBench b) {
    long seed = setup.seed() ^ (job.number << 32) ^ next;
    b.results.print(b.transaction, b.csv, b.buffer, work.header.size(), seed);
    int success = b.results.success().size();
    int failed = b.results.failed().size();
    return new TransactionLog.Done(
        next,
        b.transaction.rows(),
        b.results.failedRows(),
        success == 0 ? 0 : work.files.appendSuccess(b.results.success().array(), success),
        success,
        failed == 0 ? 0 : work.files.appendFailed(b.results.failed().array(), failed),
        failed);
  }

  private RowBench bench() {
    RowBench mine = bench;
    if (mine == null) {
      RowBench idle = work.idle.poll();
      mine = idle == null ? new RowBench(setup, job.spec, job.createdById, work.plan) : idle;
      bench = mine;
    }
    return mine;
  }

  /** Leaves what only a running batch needs to the next one of the job. */
  void rest() {
    RowBench mine = bench;
    if (mine != null) {
      work.idle.add(mine);
      bench = null;
    }
  }

  /** Goes past the transaction that was just done. */
  void step(TransactionLog.Done done) {
    work.done.set(next);
    rowsDone += done.rows();
    next++;
    skipDone();
  }
}
