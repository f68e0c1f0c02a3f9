package io.initload.retry;

import java.time.Duration;

/**
 * How many jobs to keep in flight, learned from those that ended. The share of its life a job spent
 * waiting, times the jobs in flight, tells how many were queued (Little's law). What the job that
 * waited least had to wait, it did not wait for others: every job waits that long before the org
 * begins with it, and it is left out of account. As long as fewer than {@value #FEW} wait, the org
 * has room and the limit grows: twofold until a quarter of a round's jobs waited long, then by one;
 * when more than {@value #MANY} wait, it shrinks by one. Locked rows and troubled jobs halve it,
 * and for some rounds it does not climb back to where they began. A round is as many ended jobs as
 * the limit allows at once.
 *
 * <p>Pure arithmetic: no clock, no waiting. Safe for several threads.
 */
public final class AdaptiveConcurrency {
  /** Queued jobs up to which the org has room. */
  static final double FEW = 1.0;

  /** Queued jobs from which on more only wait. */
  static final double MANY = 2.5;

  /** Share of a round's rows that may meet a lock without consequence. */
  static final double LOCKS = 0.005;

  /** The longest that an org may need to begin with a job that nothing stands before. */
  static final Duration BEGINNING = Duration.ofSeconds(10);

  /** docs/reference/salesforce.md, "Large loads": four to eight. */
  private static final int START = 6;

  /** Share of its life from which on a job that waited is a sign that the org is busy. */
  private static final double LONG = 0.25;

  private static final int ROUNDS_OF_CARE = 8;

  /** How a job ended, as far as pace is concerned. */
  public enum End {
    CLEAN,
    /** Failed, or hampered by errors of the org's own. */
    TROUBLED
  }

  /**
   * A job that ended.
   *
   * @param inFlight submitted jobs when it ended, itself included
   * @param rows rows attempted
   * @param lockedRows rows that failed for a lock
   * @param total from its submission to its end
   * @param active of it the time the org worked on it
   */
  public record Observation(
      int inFlight, long rows, long lockedRows, Duration total, Duration active, End end) {}

  private final int ceiling;
  private int limit;
  private boolean doubling = true;
  private int care;
  private int careLimit;
  private Duration leastWait = BEGINNING;

  private int ended;
  private int saturated;
  private int troubled;
  private int delayed;
  private long rows;
  private long locked;
  private double queued;

  /**
   * @param ceiling the most jobs ever, at least 1
   */
  public AdaptiveConcurrency(int ceiling) {
    if (ceiling < 1) {
      throw new IllegalArgumentException("the ceiling must be 1 or more: " + ceiling);
    }
    this.ceiling = ceiling;
    this.limit = Math.min(START, ceiling);
    this.careLimit = ceiling;
  }

  /** Jobs that may be in flight now, from 1 to the ceiling. */
  public synchronized int limit() {
    return limit;
  }

  /** Takes note of a job's end. */
  public synchronized void ended(Observation job) {
    ended++;
    // the others may be on their way to the org or just back from it
    saturated += job.inFlight() * 2 >= limit ? 1 : 0;
    troubled += job.end() == End.TROUBLED ? 1 : 0;
    rows += job.rows();
    locked += job.lockedRows();
    double waited = waitShare(job);
    delayed += waited > LONG ? 1 : 0;
    queued += job.inFlight() * waited;
    if (ended >= limit) {
      closeRound();
    }
  }

  /** The share of its life that a job stood behind others. */
  private double waitShare(Observation job) {
    Duration wait = job.total().minus(job.active());
    if (job.total().isZero() || wait.isNegative()) {
      return 0;
    }
    leastWait = wait.compareTo(leastWait) < 0 ? wait : leastWait;
    return (double) wait.minus(leastWait).toMillis() / job.total().toMillis();
  }

  private void closeRound() {
    double waiting = queued / ended;
    boolean hurt = locked > rows * LOCKS || troubled * 4 > ended;
    care = Math.max(0, care - 1);
    doubling = doubling && delayed * 4 < ended;
    if (hurt) {
      doubling = false;
      care = ROUNDS_OF_CARE;
      careLimit = Math.max(1, limit - 1);
      limit = Math.max(1, limit / 2);
    } else if (waiting > MANY) {
      doubling = false;
      limit = Math.max(1, limit - 1);
    } else if (waiting < FEW && saturated * 2 >= ended) {
      int most = care > 0 ? Math.min(careLimit, ceiling) : ceiling;
      limit = Math.max(limit, Math.min(most, doubling ? limit * 2 : limit + 1));
    } else if (waiting >= FEW) {
      doubling = false;
    }
    ended = 0;
    saturated = 0;
    troubled = 0;
    delayed = 0;
    rows = 0;
    locked = 0;
    queued = 0;
  }
}
