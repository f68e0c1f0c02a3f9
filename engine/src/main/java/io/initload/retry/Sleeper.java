package io.initload.retry;

import java.time.Duration;

/** The seam through which the program waits, so that tests and rehearsals own time. */
@FunctionalInterface
public interface Sleeper {
  /**
   * Waits.
   *
   * @throws InterruptedException when the thread is asked to stop
   */
  void sleep(Duration duration) throws InterruptedException;

  /** Waits on the real clock. */
  static Sleeper system() {
    return duration -> Thread.sleep(duration.toMillis());
  }
}
