package io.initload.pipeline.work;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A while in which a step leaves things alone. Safe for several threads. */
public final class Pause {
  private final Clock clock;
  private volatile Instant end = Instant.EPOCH;

  public Pause(Clock clock) {
    this.clock = clock;
  }

  /** Begins now, in place of one that lasts. */
  public void begin(Duration length) {
    end = clock.instant().plus(length);
  }

  public boolean lasts() {
    return clock.instant().isBefore(end);
  }

  /** When a step is worth asking again; {@link Instant#MAX} when no pause keeps it. */
  public Instant due() {
    return lasts() ? end : Instant.MAX;
  }
}
