package io.initload;

import java.time.Instant;

/** A failure that is over by itself at a time that is known, or guessed well. */
public final class TryLater extends Failure {
  private static final long serialVersionUID = 1L;

  private final Instant at;

  /**
   * @param at when the same command is worth trying again
   */
  public TryLater(Kind kind, String code, String message, String remedy, Instant at) {
    super(kind, code, message, remedy);
    this.at = at;
  }

  public Instant at() {
    return at;
  }
}
