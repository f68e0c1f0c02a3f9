package io.initload.pipeline.work;

import java.util.concurrent.atomic.AtomicBoolean;

/** The wish to stop: set by a signal, looked at between two acts. Safe for several threads. */
public final class Stop {
  private final AtomicBoolean requested = new AtomicBoolean();

  public void request() {
    requested.set(true);
  }

  public boolean requested() {
    return requested.get();
  }

  /** Leaves the current act when a stop was requested. */
  public void check() {
    if (requested()) {
      throw new Stopped();
    }
  }

  /** The act was left because a stop was requested; nothing is wrong. */
  public static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Stopped() {
      super("stopped on request", null, false, false);
    }
  }
}
