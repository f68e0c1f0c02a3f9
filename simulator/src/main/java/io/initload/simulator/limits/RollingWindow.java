package io.initload.simulator.limits;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much was used in the last 24 hours, to the second. What was used at an instant frees itself
 * exactly 24 hours later. Guarded by its owner.
 */
final class RollingWindow {
  private static final long SPAN_SECONDS = Duration.ofHours(24).toSeconds();

  private final Deque<long[]> uses = new ArrayDeque<>();
  private long used;

  void add(Instant at, long amount) {
    long second = at.getEpochSecond();
    long[] last = uses.peekLast();
    if (last != null && last[0] >= second) {
      last[1] += amount;
    } else {
      uses.addLast(new long[] {second, amount});
    }
    used += amount;
  }

  long used(Instant now) {
    long oldest = now.getEpochSecond() - SPAN_SECONDS;
    while (!uses.isEmpty() && uses.getFirst()[0] <= oldest) {
      used -= uses.removeFirst()[1];
    }
    return used;
  }

  void each(Visitor visitor) {
    uses.forEach(use -> visitor.visit(use[0], use[1]));
  }

  void last(Visitor visitor) {
    long[] last = uses.peekLast();
    if (last != null) {
      visitor.visit(last[0], last[1]);
    }
  }

  /** Sees what was used in one second. */
  @FunctionalInterface
  interface Visitor {
    void visit(long epochSecond, long amount);
  }
}
