package io.initload.pipeline.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A gate before the daily allowances: open, or closed until a time, for all parts or for one that
 * there is no room for. Only computes. Not thread-safe.
 */
final class Gate {
  /** Rolling allowances free themselves gradually: how long to wait before asking again. */
  static final Duration PAUSE = Duration.ofMinutes(15);

  private Optional<Instant> closedUntil = Optional.empty();

  /**
   * The part there is no room for: a smaller one may fit. Empty where the gate is closed for all.
   */
  private Optional<Long> closedFor = Optional.empty();

  private Optional<Instant> askAgain = Optional.empty();

  /**
   * When to look for room again.
   *
   * @param until when there is enough at the latest
   * @param sooner whether jobs may give back what they reserved before that
   */
  static Instant worthAsking(Instant now, Instant until, boolean sooner) {
    Instant soon = now.plus(PAUSE);
    return sooner && until.isAfter(soon) ? soon : until;
  }

  /**
   * Closes, in place of what it was closed for and until.
   *
   * @param part the only one it is closed for; empty for all
   * @return whether it was open, or closed until another time
   */
  boolean close(Optional<Long> part, Instant until) {
    boolean other = !closedUntil.equals(Optional.of(until));
    closedFor = part;
    closedUntil = Optional.of(until);
    return other;
  }

  /** Whether it is closed for all parts. */
  boolean closed(Instant now) {
    return shut(now) && closedFor.isEmpty();
  }

  /** Whether it is closed for a part. */
  boolean closed(Instant now, long part) {
    return shut(now) && (closedFor.isEmpty() || closedFor.get() == part);
  }

  private boolean shut(Instant now) {
    if (closedUntil.isPresent() && !now.isBefore(closedUntil.get())) {
      closedUntil = Optional.empty();
    }
    return closedUntil.isPresent();
  }

  /** Stays open, but is worth another look at a time. */
  void askAgain(Instant at) {
    askAgain = Optional.of(at);
  }

  /** Somebody looks now. */
  void asked() {
    askAgain = Optional.empty();
  }

  /** When it is worth asking again; empty while nothing but parts or slots are missing. */
  Optional<Instant> due(Instant now) {
    return shut(now) ? closedUntil : askAgain;
  }
}
