package io.initload.pipeline.load;

import io.initload.retry.AdaptiveConcurrency;
import io.initload.retry.AdaptiveConcurrency.End;
import io.initload.retry.AdaptiveConcurrency.Observation;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobState;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many jobs this worker keeps in flight: learned from the jobs that ended, never above the
 * ceiling. Safe for several threads.
 */
public final class Concurrency {
  private final AdaptiveConcurrency learned;

  /** Rows refused for a lock since a job ended last; settling comes after the end. */
  private final AtomicLong lockedRows = new AtomicLong();

  public Concurrency(int ceiling) {
    this.learned = new AdaptiveConcurrency(ceiling);
  }

  int limit() {
    return learned.limit();
  }

  public void locked(long rows) {
    lockedRows.addAndGet(rows);
  }

  void ended(JobInfo job, int inFlight) {
    learned.ended(
        new Observation(
            inFlight,
            job.counters().processed(),
            lockedRows.getAndSet(0),
            job.counters().total(),
            job.counters().active(),
            job.state() == JobState.FAILED ? End.TROUBLED : End.CLEAN));
  }
}
