package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clock, possibly sped up from the moment of creation on. */
final class RunningClock implements OrgClock {
  private final double factor;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  RunningClock(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("Clock factor must be greater than zero, not " + factor);
    }
    this.factor = factor;
  }

  @Override
  public Instant instant() {
    if (factor == 1.0) {
      return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
    long real = System.nanoTime() - startNanos;
    return start.plusNanos((long) (real * factor)).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public boolean runsByItself() {
    return true;
  }

  @Override
  public void pass(Duration span) throws InterruptedException {
    Thread.sleep(real(span).toMillis());
  }

  @Override
  public Duration realTimeUntil(Instant then) {
    Duration left = Duration.between(instant(), then);
    return left.isNegative() ? Duration.ZERO : real(left);
  }

  private Duration real(Duration span) {
    return factor == 1.0 ? span : Duration.ofNanos((long) Math.ceil(span.toNanos() / factor));
  }
}
