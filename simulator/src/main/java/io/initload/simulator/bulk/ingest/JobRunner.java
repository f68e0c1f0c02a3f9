package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.Timeline;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.dml.ColumnPlan;
import io.initload.simulator.dml.RowLocks;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.journal.UsageEntry;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.simulator.store.StoreBatch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes closed jobs through their batches as time goes by. What happens is a function of the clock,
 * the cost model and the order of requests. State is guarded by the lock; rows are processed by the
 * executor, without the lock if that has threads of its own.
 */
final class JobRunner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final IngestSetup setup;
  private final JobShelf shelf;
  private final ReentrantLock lock;
  private final Condition quiet;
  private final Executor executor;
  private final Runnable wake;
  private final Timeline timeline = new Timeline();
  private final Deque<BatchRun> ready = new ArrayDeque<>();
  private final Set<BatchRun> running = new LinkedHashSet<>();
  private final ParentLocks parents = new ParentLocks();

  /**
   * Starts with nothing to do.
   *
   * @param wake called when something new may be due
   */
  JobRunner(
      IngestSetup setup, JobShelf shelf, ReentrantLock lock, Executor executor, Runnable wake) {
    this.setup = setup;
    this.shelf = shelf;
    this.lock = lock;
    this.quiet = lock.newCondition();
    this.executor = executor;
    this.wake = wake;
  }

  /** Does everything that is due; answers when something is due next. */
  Optional<Instant> advance(Instant now) {
    timeline.runUntil(now);
    return timeline.next();
  }

  /** Plans what is to become of a job that is in some state since some time. */
  void plan(IngestJob job) {
    IngestRules rules = setup.rules();
    switch (job.state) {
      case OPEN -> timeline.plan(job.created.plus(rules.openTime()), t -> closeForgotten(job, t));
      case UPLOAD_COMPLETE ->
          timeline.plan(job.closed.plus(setup.cost().queueDelay()), t -> start(job, t));
      case IN_PROGRESS -> timeline.plan(setup.clock().instant(), t -> open(job, t));
      case JOB_COMPLETE, FAILED, ABORTED ->
          timeline.plan(job.modified.plus(rules.retention()), t -> expire(job, t));
    }
    wake.run();
  }

  private void closeForgotten(IngestJob job, Instant now) {
    if (job.state == JobState.OPEN) {
      stop(job, JobState.ABORTED, "", now);
    }
  }

  private void expire(IngestJob job, Instant now) {
    if (shelf.find(job.id).isPresent() && job.state.isTerminal()) {
      shelf.remove(job, now);
    }
  }

  private void start(IngestJob job, Instant now) {
    if (job.state == JobState.UPLOAD_COMPLETE) {
      shelf.change(job, JobState.IN_PROGRESS, now);
      open(job, now);
    }
  }

  private void open(IngestJob job, Instant now) {
    try {
      beginRows(job, now);
    } catch (RuntimeException e) {
      LOG.warn("Job {} cannot be processed", job.id, e);
      stop(job, JobState.FAILED, "InternalServerError : " + e, now);
    }
  }

  /** Begins, or after a restart goes on with, the rows of a job. */
  private void beginRows(IngestJob job, Instant now) {
    if (job.state != JobState.IN_PROGRESS) {
      return;
    }
    if (!job.uploaded) {
      end(job, JobState.JOB_COMPLETE, "", now);
      return;
    }
    UploadIndex index = uploadIndex(job);
    JobFiles files = JobFiles.open(shelf.folder(), job.id);
    byte[] line = new byte[(int) index.headerEnd()];
    files.read(line, line.length, 0);
    job.header = withoutLineEnd(new String(line, StandardCharsets.UTF_8));
    try {
      if (index.rows() > 0) {
        ColumnPlan plan =
            HeaderReader.plan(setup.schema(), job.spec, setup.rules(), index, job.header);
        List<String> header =
            HeaderReader.columns(
                job.header, job.spec.columnDelimiter(), setup.rules().byteOrderMark());
        queueBatches(job, new IngestJob.Work(index, files, plan, header), now);
        return;
      }
    } catch (JobFailure e) {
      if (setup.rules().headerFailure() == IngestRules.HeaderFailure.NOWHERE) {
        job.lostFromBatch = 0;
        job.lost = job.rows;
      }
      files.close();
      end(job, JobState.FAILED, e.errorMessage(), now);
      return;
    }
    files.close();
    end(job, JobState.JOB_COMPLETE, "", now);
  }

  private static String withoutLineEnd(String line) {
    int end = line.length();
    while (end > 0 && (line.charAt(end - 1) == '\n' || line.charAt(end - 1) == '\r')) {
      end--;
    }
    return line.substring(0, end);
  }

  private UploadIndex uploadIndex(IngestJob job) {
    UploadIndex known = job.index;
    return known == null
        ? Upload.index(
            JobFiles.upload(shelf.folder(), job.id),
            job.spec.columnDelimiter(),
            setup.rules().transactionRows())
        : known;
  }

  private void queueBatches(IngestJob job, IngestJob.Work work, Instant now) {
    job.work = work;
    job.processed = 0;
    job.failed = 0;
    for (TransactionLog.Done done : shelf.log().of(job.id)) {
      work.done.set(done.transaction());
      job.processed += done.rows();
      job.failed += done.failed();
    }
    for (int batch = 0; batch < work.index.batches(); batch++) {
      BatchRun run = new BatchRun(setup, shelf.log(), job, work, batch);
      if (!run.finished()) {
        ready.add(run);
        work.batchesLeft++;
      }
    }
    if (work.batchesLeft == 0) {
      finish(job, now);
    }
    fill(now);
  }

  /** Starts batches while there is room. */
  private void fill(Instant now) {
    while (running.size() < setup.cost().parallelBatches()) {
      BatchRun run = ready.poll();
      if (run == null) {
        return;
      }
      begin(run, now);
    }
  }

  private void begin(BatchRun run, Instant now) {
    IngestJob job = run.job;
    if (!run.paid) {
      if (setup.usage().takeUpTo(Counted.BATCHES, 1, now) == 0) {
        loseFrom(job, run.batch, now);
        return;
      }
      run.paid = true;
      run.rowsAllowed = setup.usage().takeUpTo(Counted.RECORDS, run.rows() - run.rowsDone, now);
      setup.journal().add(new UsageEntry(now, job.id, run.rowsAllowed, 1));
      run.rowsAllowed += run.rowsDone;
      StoreBatch batch = new StoreBatch();
      setup.usage().saveLast(setup.store(), batch, Counted.BATCHES);
      setup.usage().saveLast(setup.store(), batch, Counted.RECORDS);
      setup.store().write(batch);
    }
    running.add(run);
    run.started = now;
    planNext(run, now);
  }

  private void planNext(BatchRun run, Instant now) {
    Instant then = run.nextDone(setup.cost());
    Instant due = then.isBefore(now) ? now : then;
    timeline.plan(due, t -> executor.execute(() -> work(run, t)));
    wake.run();
  }

  /** The day's batches are used up: the rest of the job is recorded nowhere. */
  private void loseFrom(IngestJob job, int batch, Instant now) {
    job.lostFromBatch = job.lostFromBatch < 0 ? batch : Math.min(batch, job.lostFromBatch);
    job.lost = job.rows - (long) job.lostFromBatch * UploadIndex.BATCH_ROWS;
    ready.removeIf(other -> other.job == job);
    IngestJob.Work work = job.work;
    if (work != null) {
      work.batchesLeft = (int) running.stream().filter(other -> other.job == job).count();
      if (work.batchesLeft == 0) {
        finish(job, now);
      }
    }
  }

  private Instant time(Instant due) {
    return setup.clock().runsByItself() ? setup.clock().instant() : due;
  }

  /** Processes transactions of a batch until time has to pass. */
  private void work(BatchRun run, Instant due) {
    Instant now = time(due);
    while (true) {
      JobEffect effect;
      lock.lock();
      try {
        if (run.ended || run.job.stopping) {
          return;
        }
        effect = setup.hooks().before(run.facts(now));
        run.work.transactionsRunning++;
      } finally {
        lock.unlock();
      }
      Optional<TransactionLog.Done> done = Optional.empty();
      String failure = "";
      boolean aborted = effect instanceof JobEffect.AbortJob;
      try {
        if (effect instanceof JobEffect.FailJob fail) {
          failure = fail.errorMessage();
        } else if (!aborted && run.rowsDone + run.nextRows() > run.rowsAllowed) {
          failure = "ExceededQuota : Daily limit of ingested records exceeded.";
        } else if (!aborted && !(effect instanceof JobEffect.Stall)) {
          done = Optional.of(run.perform(now, locks(run, effect)));
        }
      } catch (JobFailure e) {
        failure = e.errorMessage();
      } catch (RuntimeException e) {
        LOG.warn("Job {} cannot go on", run.job.id, e);
        failure = "InternalServerError : " + e;
      }
      now = time(due);
      lock.lock();
      try {
        run.work.transactionsRunning--;
        quiet.signalAll();
        done.ifPresent(d -> book(run, d));
        if (run.ended) {
          return;
        }
        if (!failure.isEmpty()) {
          stop(run.job, JobState.FAILED, failure, now);
          return;
        }
        if (aborted) {
          stop(run.job, JobState.ABORTED, "", now);
          return;
        }
        if (effect instanceof JobEffect.Stall stall) {
          run.stalled = run.stalled.plus(stall.span());
          Instant then = now.plus(stall.span());
          timeline.plan(then, t -> executor.execute(() -> work(run, t)));
          wake.run();
          return;
        }
        if (run.finished()) {
          leave(run, now);
          return;
        }
        if (tooManyLockFailures(run, now)) {
          return;
        }
        if (setup.cost().rowsPerSecond() > 0) {
          planNext(run, now);
          return;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void book(BatchRun run, TransactionLog.Done done) {
    run.step(done);
    run.job.processed += done.rows();
    run.job.failed += done.failed();
  }

  private RowLocks locks(BatchRun run, JobEffect effect) {
    boolean storm = effect instanceof JobEffect.LockRows;
    double share = effect instanceof JobEffect.LockRows rows ? rows.share() : 0;
    boolean contended = setup.cost().rowsPerSecond() > 0;
    if (!storm && !contended) {
      return RowLocks.FREE;
    }
    long first = run.work.index.firstRow(run.next);
    return (row, parent) -> {
      double draw = draw(run.job.number, first + row);
      boolean granted = draw >= share;
      if (granted && parent != RowLocks.ITSELF && contended) {
        lock.lock();
        try {
          granted = parents.free(parent, run.key) || draw >= setup.rules().lockFailureShare();
        } finally {
          lock.unlock();
        }
      }
      if (!granted) {
        run.lockFailures++;
      }
      return granted;
    };
  }

  private double draw(long job, long row) {
    long mixed = (setup.seed() ^ job * 0x9E3779B97F4A7C15L) + row * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return ((mixed ^ (mixed >>> 31)) >>> 11) * 0x1.0p-53;
  }

  /** Puts the rest of a batch back in the queue after too many lock failures. */
  private boolean tooManyLockFailures(BatchRun run, Instant now) {
    if (run.lockFailures <= setup.rules().lockFailuresMax()) {
      return false;
    }
    run.lockFailures = 0;
    run.job.retries++;
    if (++run.retries > setup.rules().batchRetriesMax()) {
      stop(
          run.job,
          JobState.FAILED,
          "TooManyLockFailure : Too many lock failure 200 Trying again later.",
          now);
      return true;
    }
    running.remove(run);
    run.rest();
    parents.release(run.key);
    run.stalled = run.stalled.plus(Duration.between(run.started, now));
    ready.addLast(run);
    fill(now);
    return true;
  }

  private void leave(BatchRun run, Instant now) {
    run.ended = true;
    run.rest();
    running.remove(run);
    parents.release(run.key);
    run.job.activeMillis += Duration.between(run.started, now).toMillis();
    run.work.batchesLeft--;
    if (run.work.batchesLeft == 0) {
      finish(run.job, now);
    }
    fill(now);
  }

  private void finish(IngestJob job, Instant now) {
    boolean failed =
        job.lostFromBatch >= 0
            && setup.rules().batchesExhausted() == IngestRules.BatchesExhausted.FAIL_JOB;
    end(
        job,
        failed ? JobState.FAILED : JobState.JOB_COMPLETE,
        failed ? "ExceededQuota : ApiBatchItems Limit exceeded." : "",
        now);
  }

  /** Ends a job before its rows are done; waits for transactions that are under way. */
  void stop(IngestJob job, JobState state, String errorMessage, Instant now) {
    job.stopping = true;
    ready.removeIf(run -> run.job == job);
    for (BatchRun run : List.copyOf(running)) {
      if (run.job == job) {
        run.ended = true;
        running.remove(run);
        parents.release(run.key);
        job.activeMillis += Math.max(0, Duration.between(run.started, now).toMillis());
      }
    }
    while (job.work != null && job.work.transactionsRunning > 0) {
      quiet.awaitUninterruptibly();
    }
    if (!job.state.isTerminal()) {
      end(job, state, errorMessage, now);
    }
    fill(now);
  }

  /** Lets no further transaction start and waits for those under way; jobs keep their state. */
  void pause() {
    for (BatchRun run : List.copyOf(running)) {
      run.ended = true;
      IngestJob.Work work = run.work;
      while (work.transactionsRunning > 0) {
        quiet.awaitUninterruptibly();
      }
      work.files.close();
    }
    ready.forEach(run -> run.work.files.close());
    running.clear();
    ready.clear();
  }

  private void end(IngestJob job, JobState state, String errorMessage, Instant now) {
    IngestJob.Work work = job.work;
    if (work != null) {
      work.files.close();
      if (state == JobState.JOB_COMPLETE && job.lost == 0) {
        work.files.deleteUpload();
      }
    }
    job.work = null;
    job.index = null;
    job.errorMessage = errorMessage;
    if (job.state != JobState.OPEN) {
      job.totalMillis = Duration.between(job.closed, now).toMillis();
    }
    shelf.change(job, state, now);
    plan(job);
  }
}
