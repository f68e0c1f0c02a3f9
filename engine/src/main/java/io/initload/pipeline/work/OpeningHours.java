package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.Hours;
import io.initload.retry.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something may be begun at this hour, and the word to people when not. What was begun
 * within the hours is brought to its end. Safe for several threads.
 */
public final class OpeningHours {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningHours.class);

  /** How long a worker that waits is silent at most. */
  private static final Duration NAP = Duration.ofSeconds(20);

  private final String setting;
  private final String act;
  private final Hours hours;
  private final Clock clock;
  private final AtomicReference<Instant> told = new AtomicReference<>(Instant.EPOCH);

  private OpeningHours(String setting, String act, Hours hours, Clock clock) {
    this.setting = setting;
    this.act = act;
    this.hours = hours;
    this.clock = clock;
  }

  /** Those in which the source is read. */
  public static OpeningHours ofSource(Workbench bench) {
    Hours hours = bench.config().source().hours();
    return new OpeningHours("source.hours", "Reading", hours, bench.clock());
  }

  /** Those in which the org is written. */
  public static OpeningHours ofTarget(Workbench bench) {
    Hours hours = bench.config().target().hours();
    return new OpeningHours("target.hours", "Loading", hours, bench.clock());
  }

  /** Whether to begin now. To be asked where there is something to begin: people are told. */
  public boolean open() {
    Instant opens = due();
    if (opens.equals(Instant.MAX)) {
      return true;
    }
    if (!opens.equals(told.getAndSet(opens))) {
      LOG.info("{} {} goes on at {}.", why(), act, opens);
    }
    return false;
  }

  /**
   * For an orchestrator, who waits by itself.
   *
   * @throws TryLater {@code OUT_OF_HOURS}, unless it is time to begin
   */
  public void require() {
    Instant opens = due();
    if (!opens.equals(Instant.MAX)) {
      throw new TryLater(
          Failure.Kind.QUOTA,
          "OUT_OF_HOURS",
          why(),
          "Run the same step again at " + opens + " or later; it goes on from here.",
          opens);
    }
  }

  private String why() {
    return "It is outside of %s (%s).".formatted(setting, hours);
  }

  /** When they begin; {@link Instant#MAX} within them. */
  public Instant due() {
    Instant now = clock.instant();
    Instant opens = hours.next(now);
    return opens.isAfter(now) ? opens : Instant.MAX;
  }

  /**
   * Waits until they begin, or a stop is requested.
   *
   * @param meanwhile is called again and again
   * @return false for a stop
   */
  public boolean await(Sleeper sleeper, Stop stop, Runnable meanwhile) throws InterruptedException {
    while (!stop.requested() && !open()) {
      meanwhile.run();
      Instant now = clock.instant();
      Duration left = Duration.between(now, hours.next(now));
      sleeper.sleep(left.compareTo(NAP) < 0 ? left : NAP);
    }
    return !stop.requested();
  }
}
