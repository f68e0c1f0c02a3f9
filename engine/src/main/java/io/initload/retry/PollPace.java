package io.initload.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between two looks at something that takes its time: short after a change, half
 * as long again each time nothing has changed, up to a bound; a fifth of it by chance. Only
 * computes. Safe for several threads.
 */
public final class PollPace {
  private final long first;
  private final long max;
  private final RandomGenerator jitter;
  private long next;

  /**
   * @param first wait after a change
   * @param max longest wait; not below {@code first}
   * @param jitter source of chance; seeded where a run must repeat itself
   */
  public PollPace(Duration first, Duration max, RandomGenerator jitter) {
    if (first.isZero() || first.isNegative() || first.compareTo(max) > 0) {
      throw new IllegalArgumentException("bad poll waits: " + first + " to " + max);
    }
    this.first = first.toMillis();
    this.max = max.toMillis();
    this.jitter = jitter;
    this.next = this.first;
  }

  /** The wait before the next look, when the last one showed nothing new. */
  public synchronized Duration idle() {
    long wait = next;
    next = Math.min(max, next + next / 2 + 1);
    return spread(wait);
  }

  /** The wait before the next look, when the last one showed a change or new work has begun. */
  public synchronized Duration changed() {
    next = first;
    return idle();
  }

  private Duration spread(long wait) {
    long fifth = wait / 5;
    return Duration.ofMillis(wait - fifth + jitter.nextLong(fifth + 1));
  }
}
