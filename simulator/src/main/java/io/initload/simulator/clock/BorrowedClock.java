package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * A clock that belongs to the caller, who alone moves it; passing time is left to them. The org
 * notices that it moved when the next request arrives.
 */
public record BorrowedClock(InstantSource source) implements OrgClock {
  @Override
  public Instant instant() {
    return source.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public boolean runsByItself() {
    return false;
  }

  @Override
  public void pass(Duration span) {}
}
