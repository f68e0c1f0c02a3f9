package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A clock moved by a test. Each move lets every org on this clock do, in the moving thread and in
 * order of time, all the work that has become due. Safe for several threads; it never runs
 * backwards.
 */
public final class VirtualClock implements OrgClock {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Instant now;

  /** A clock that stands still at an instant until it is moved. */
  public VirtualClock(Instant start) {
    this.now = start.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Moves time forward by a span of zero or more. */
  public void advance(Duration span) {
    if (span.isNegative()) {
      throw new IllegalArgumentException("A clock cannot be moved by " + span);
    }
    synchronized (this) {
      now = now.plus(span).truncatedTo(ChronoUnit.MILLIS);
    }
    listeners.forEach(Runnable::run);
  }

  /** Moves time forward to an instant; does nothing if it is past. */
  public void advanceTo(Instant then) {
    Duration left = Duration.between(now, then);
    advance(left.isNegative() ? Duration.ZERO : left);
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public boolean runsByItself() {
    return false;
  }

  @Override
  public void pass(Duration span) {
    advance(span);
  }

  @Override
  public Registration onMove(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
