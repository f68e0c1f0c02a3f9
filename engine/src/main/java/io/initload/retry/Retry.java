package io.initload.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs an act again while it fails in a way that passes. Bounded by a number of tries; the waits
 * come from a {@link Backoff} and go through a {@link Sleeper}, so that whoever owns time owns them
 * too. What may be tried again is the caller's knowledge, not this class's. Safe for several
 * threads.
 */
public final class Retry {
  /** The act. */
  @FunctionalInterface
  public interface Act<T> {
    T run() throws InterruptedException;
  }

  /** Judges a failure. */
  @FunctionalInterface
  public interface Judge {
    /**
     * Empty when the failure is final; else the least wait before the next try ({@link
     * Duration#ZERO} leaves it to the back-off).
     */
    Optional<Duration> again(RuntimeException failure);
  }

  private final int attempts;
  private final Backoff backoff;
  private final Sleeper sleeper;

  /**
   * @param attempts tries in all, at least 1
   */
  public Retry(int attempts, Backoff backoff, Sleeper sleeper) {
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts must be 1 or more: " + attempts);
    }
    this.attempts = attempts;
    this.backoff = backoff;
    this.sleeper = sleeper;
  }

  /**
   * The act's result.
   *
   * @throws RuntimeException the last failure, with the earlier ones suppressed in it, when it is
   *     final or the tries are used up
   * @throws InterruptedException when the thread is asked to stop while it waits
   */
  public <T> T call(Act<T> act, Judge judge) throws InterruptedException {
    List<RuntimeException> earlier = new ArrayList<>();
    for (int failures = 1; ; failures++) {
      try {
        return act.run();
      } catch (RuntimeException failure) {
        Optional<Duration> least = judge.again(failure);
        if (least.isEmpty() || failures == attempts) {
          earlier.stream().filter(e -> e != failure).forEach(failure::addSuppressed);
          throw failure;
        }
        earlier.add(failure);
        Duration wait = backoff.after(failures);
        sleeper.sleep(wait.compareTo(least.get()) < 0 ? least.get() : wait);
      }
    }
  }
}
