package io.initload.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between tries: doubled each time up to a bound, half of each drawn by chance so that
 * many workers that failed together do not come back together. Only computes, never waits. Safe for
 * several threads.
 */
public final class Backoff {
  private final Duration first;
  private final Duration max;
  private final RandomGenerator jitter;

  /**
   * @param first longest wait before the second try
   * @param max longest wait before any try; not below {@code first}
   * @param jitter source of chance; seeded where a run must repeat itself
   */
  public Backoff(Duration first, Duration max, RandomGenerator jitter) {
    if (first.isNegative() || first.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          "back-off must grow from a wait of zero or more: " + first + " to " + max);
    }
    this.first = first;
    this.max = max;
    this.jitter = jitter;
  }

  /** The wait after the given number of failures in a row (1 = the first one). */
  public Duration after(int failures) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures must be 1 or more: " + failures);
    }
    long ceiling = max.toMillis();
    long wait = first.toMillis();
    for (int i = 1; i < failures && wait < ceiling; i++) {
      wait = Math.min(ceiling, wait * 2);
    }
    return Duration.ofMillis(wait / 2 + draw(wait - wait / 2));
  }

  private long draw(long bound) {
    synchronized (jitter) {
      return jitter.nextLong(bound + 1);
    }
  }
}
