package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The machine's clock, possibly sped up from the moment of creation on. */
public final class RunningClock implements OrgClock {
  private final double factor;
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  private RunningClock(double factor) {
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException("Clock factor must be greater than zero, not " + factor);
    }
    this.factor = factor;
  }

  /** The time of the machine. */
  public static RunningClock real() {
    return new RunningClock(1.0);
  }

  /**
   * A clock that starts now and runs faster (or slower) than the machine's.
   *
   * @param factor org seconds per real second, greater than zero
   */
  public static RunningClock atSpeed(double factor) {
    return new RunningClock(factor);
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
