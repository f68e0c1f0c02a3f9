package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.Timeline;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.results.TransactionLog;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.journal.UsageEntry;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.simulator.store.StoreBatch;
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
 * Processes the batches of running jobs, some at a time. Guarded by the lock; rows are processed by
 * the executor, without the lock if that has threads of its own.
 */
final class BatchRunner {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);

  private final IngestSetup setup;
  private final TransactionLog log;
  private final ReentrantLock lock;
  private final Condition quiet;
  private final Executor executor;
  private final Timeline timeline;
  private final Owner owner;
  private final BatchLocks locks;
  private final Deque<BatchRun> ready = new ArrayDeque<>();
  private final Set<BatchRun> running = new LinkedHashSet<>();

  /** Whose batches these are. */
  interface Owner {
    /** All batches of a job are done. */
    void finish(IngestJob job, Instant now);

    /** A job cannot go on. */
    void stop(IngestJob job, JobState state, String errorMessage, Instant now);
  }

  /**
   * What came of the attempt to process a transaction.
   *
   * @param done what it did, if it was processed
   * @param failure why the job cannot go on, empty if it can
   */
  private record Attempt(JobEffect effect, Optional<TransactionLog.Done> done, String failure) {}

  BatchRunner(
      IngestSetup setup,
      TransactionLog log,
      ReentrantLock lock,
      Executor executor,
      Timeline timeline,
      Owner owner) {
    this.setup = setup;
    this.log = log;
    this.lock = lock;
    this.quiet = lock.newCondition();
    this.executor = executor;
    this.timeline = timeline;
    this.owner = owner;
    this.locks = new BatchLocks(setup, lock);
  }

  /** Takes over the batches of a job that are not done yet. */
  void queue(IngestJob job, JobWork work, Instant now) {
    job.work = work;
    job.processed = 0;
    job.failed = 0;
    for (TransactionLog.Done done : log.of(job.id)) {
      work.done.set(done.transaction());
      job.processed += done.rows();
      job.failed += done.failed();
    }
    for (int batch = 0; batch < work.index.batches(); batch++) {
      BatchRun run = new BatchRun(setup, log, job, work, batch);
      if (!run.finished()) {
        ready.add(run);
        work.batchesLeft++;
      }
    }
    if (work.batchesLeft == 0) {
      owner.finish(job, now);
    }
    fill(now);
  }

  /** Starts batches while there is room. */
  void fill(Instant now) {
    while (running.size() < setup.cost().parallelBatches()) {
      BatchRun run = ready.poll();
      if (run == null) {
        return;
      }
      begin(run, now);
    }
  }

  private void begin(BatchRun run, Instant now) {
    if (!run.paid && !pay(run, now)) {
      loseFrom(run.job, run.batch, now);
      return;
    }
    running.add(run);
    run.started = now;
    planNext(run, now);
  }

  /** Takes a batch and its rows from the day's allocations; false if no batch is left. */
  private boolean pay(BatchRun run, Instant now) {
    if (setup.usage().takeUpTo(Counted.BATCHES, 1, now) == 0) {
      return false;
    }
    run.paid = true;
    run.rowsAllowed = setup.usage().takeUpTo(Counted.RECORDS, run.rows() - run.rowsDone, now);
    setup.journal().add(new UsageEntry(now, run.job.id, run.rowsAllowed, 1));
    run.rowsAllowed += run.rowsDone;
    StoreBatch batch = new StoreBatch();
    setup.usage().saveLast(setup.store(), batch, Counted.BATCHES);
    setup.usage().saveLast(setup.store(), batch, Counted.RECORDS);
    setup.store().write(batch);
    return true;
  }

  private void planNext(BatchRun run, Instant now) {
    Instant then = run.nextDone(setup.cost());
    Instant due = then.isBefore(now) ? now : then;
    plan(run, due);
  }

  private void plan(BatchRun run, Instant due) {
    timeline.plan(due, t -> executor.execute(() -> work(run, t)));
  }

  /** The day's batches are used up: the rest of the job is recorded nowhere. */
  private void loseFrom(IngestJob job, int batch, Instant now) {
    job.lostFromBatch = job.lostFromBatch < 0 ? batch : Math.min(batch, job.lostFromBatch);
    job.lost = job.rows - (long) job.lostFromBatch * UploadIndex.BATCH_ROWS;
    ready.removeIf(other -> other.job == job);
    JobWork work = job.work;
    if (work != null) {
      work.batchesLeft = (int) running.stream().filter(other -> other.job == job).count();
      if (work.batchesLeft == 0) {
        owner.finish(job, now);
      }
    }
  }

  private Instant time(Instant due) {
    return setup.clock().runsByItself() ? setup.clock().instant() : due;
  }

  /** Processes transactions of a batch until time has to pass. */
  private void work(BatchRun run, Instant due) {
    Instant now = time(due);
    for (Optional<JobEffect> effect = next(run, now); effect.isPresent(); effect = next(run, now)) {
      Attempt attempt = attempt(run, effect.get(), now);
      now = time(due);
      if (!settle(run, attempt, now)) {
        return;
      }
    }
  }

  /** Begins a transaction, which is asked what befalls it; empty if it may not begin. */
  private Optional<JobEffect> next(BatchRun run, Instant now) {
    lock.lock();
    try {
      if (run.ended || run.job.stopping) {
        return Optional.empty();
      }
      JobEffect effect = setup.hooks().before(run.facts(now));
      run.work.transactionsRunning++;
      return Optional.of(effect);
    } finally {
      lock.unlock();
    }
  }

  private Attempt attempt(BatchRun run, JobEffect effect, Instant now) {
    try {
      if (effect instanceof JobEffect.FailJob fail) {
        return failed(effect, fail.errorMessage());
      }
      if (effect instanceof JobEffect.AbortJob) {
        return new Attempt(effect, Optional.empty(), "");
      }
      if (run.rowsDone + run.nextRows() > run.rowsAllowed) {
        return failed(effect, "ExceededQuota : Daily limit of ingested records exceeded.");
      }
      if (effect instanceof JobEffect.Stall) {
        return new Attempt(effect, Optional.empty(), "");
      }
      return new Attempt(effect, Optional.of(run.perform(now, locks.of(run, effect))), "");
    } catch (JobFailure e) {
      return failed(effect, e.errorMessage());
    } catch (RuntimeException e) {
      LOG.warn("Job {} cannot go on", run.job.id, e);
      return failed(effect, "InternalServerError : " + e);
    }
  }

  private static Attempt failed(JobEffect effect, String failure) {
    return new Attempt(effect, Optional.empty(), failure);
  }

  /** Books an attempt; answers whether the next transaction may follow at once. */
  private boolean settle(BatchRun run, Attempt attempt, Instant now) {
    lock.lock();
    try {
      run.work.transactionsRunning--;
      quiet.signalAll();
      attempt.done().ifPresent(done -> book(run, done));
      return !run.ended && !isOver(run, attempt, now) && goesOn(run, attempt.effect(), now);
    } finally {
      lock.unlock();
    }
  }

  private void book(BatchRun run, TransactionLog.Done done) {
    run.step(done);
    run.job.processed += done.rows();
    run.job.failed += done.failed();
  }

  private boolean isOver(BatchRun run, Attempt attempt, Instant now) {
    if (!attempt.failure().isEmpty()) {
      owner.stop(run.job, JobState.FAILED, attempt.failure(), now);
      return true;
    }
    if (attempt.effect() instanceof JobEffect.AbortJob) {
      owner.stop(run.job, JobState.ABORTED, "", now);
      return true;
    }
    return false;
  }

  private boolean goesOn(BatchRun run, JobEffect effect, Instant now) {
    if (effect instanceof JobEffect.Stall stall) {
      run.stalled = run.stalled.plus(stall.span());
      plan(run, now.plus(stall.span()));
      return false;
    }
    if (run.finished()) {
      leave(run, now);
      return false;
    }
    if (tooManyLockFailures(run, now)) {
      return false;
    }
    if (setup.cost().rowsPerSecond() > 0) {
      planNext(run, now);
      return false;
    }
    return true;
  }

  /** Puts the rest of a batch back in the queue after too many lock failures. */
  private boolean tooManyLockFailures(BatchRun run, Instant now) {
    if (run.lockFailures <= setup.rules().lockFailuresMax()) {
      return false;
    }
    run.lockFailures = 0;
    run.job.retries++;
    if (++run.retries > setup.rules().batchRetriesMax()) {
      owner.stop(
          run.job,
          JobState.FAILED,
          "TooManyLockFailure : Too many lock failure 200 Trying again later.",
          now);
      return true;
    }
    release(run);
    run.rest();
    run.stalled = run.stalled.plus(Duration.between(run.started, now));
    ready.addLast(run);
    fill(now);
    return true;
  }

  private void release(BatchRun run) {
    running.remove(run);
    locks.release(run);
  }

  private void leave(BatchRun run, Instant now) {
    run.ended = true;
    run.rest();
    release(run);
    run.job.activeMillis += Duration.between(run.started, now).toMillis();
    run.work.batchesLeft--;
    if (run.work.batchesLeft == 0) {
      owner.finish(run.job, now);
    }
    fill(now);
  }

  /** Lets go of a job's batches; waits for transactions that are under way. */
  void drop(IngestJob job, Instant now) {
    ready.removeIf(run -> run.job == job);
    for (BatchRun run : List.copyOf(running)) {
      if (run.job == job) {
        run.ended = true;
        release(run);
        job.activeMillis += Math.max(0, Duration.between(run.started, now).toMillis());
      }
    }
    while (job.work != null && job.work.transactionsRunning > 0) {
      quiet.awaitUninterruptibly();
    }
  }

  /** Lets no further transaction start and waits for those under way; jobs keep their state. */
  void pause() {
    for (BatchRun run : List.copyOf(running)) {
      run.ended = true;
      JobWork work = run.work;
      while (work.transactionsRunning > 0) {
        quiet.awaitUninterruptibly();
      }
      work.files.close();
    }
    ready.forEach(run -> run.work.files.close());
    running.clear();
    ready.clear();
  }
}
