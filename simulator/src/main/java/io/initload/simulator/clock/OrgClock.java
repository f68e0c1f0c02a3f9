package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The org's time. Everything in the org that depends on time asks this clock, and only this package
 * waits. Implementations are safe for use by several threads.
 */
public interface OrgClock extends InstantSource {
  /**
   * Whether time passes without anybody moving it. If so the org works in the background; if not,
   * its state is a function of the requests and the moves of the clock alone.
   */
  boolean runsByItself();

  /**
   * Lets a span of org time pass: a running clock waits, a virtual one is moved.
   *
   * @throws InterruptedException if the thread is interrupted while a running clock waits
   */
  void pass(Duration span) throws InterruptedException;

  /** Real time until the given instant, zero if it is past. Meaningless for other clocks. */
  default Duration realTimeUntil(Instant then) {
    Duration left = Duration.between(instant(), then);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Calls the listener, in the moving thread, after each move of a virtual clock. */
  default Registration onMove(Runnable listener) {
    return () -> {};
  }

  /** Undoes {@link #onMove}. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
