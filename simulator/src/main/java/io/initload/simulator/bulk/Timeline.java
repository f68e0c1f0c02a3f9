package io.initload.simulator.bulk;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What is due when; things due at the same time come in the order in which they were planned. */
public final class Timeline {
  private final PriorityQueue<Due> queue =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::order));
  private final Runnable changed;
  private long planned;

  /** Begins empty; {@code changed} is called whenever something new may be due. */
  public Timeline(Runnable changed) {
    this.changed = changed;
  }

  private record Due(Instant at, long order, Consumer<Instant> act) {}

  /** Plans an act; it will be told the instant it was planned for. */
  public void plan(Instant at, Consumer<Instant> act) {
    queue.add(new Due(at, planned++, act));
    changed.run();
  }

  /** Does everything due at or before an instant, including what that plans. */
  public void runUntil(Instant now) {
    Due next = queue.peek();
    while (next != null && !next.at().isAfter(now)) {
      queue.remove();
      next.act().accept(next.at());
      next = queue.peek();
    }
  }

  public Optional<Instant> next() {
    return Optional.ofNullable(queue.peek()).map(Due::at);
  }
}
