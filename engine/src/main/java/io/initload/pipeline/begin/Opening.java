package io.initload.pipeline.begin;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.Hours;
import io.initload.ledger.wishes.Wish;
import io.initload.ledger.wishes.WishBook;
import io.initload.pipeline.begin.Wait.Reason;
import io.initload.pipeline.work.Stop;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether something may be begun now: within the hours for it, and not while people have it paused;
 * and the word to people when not. What was begun is brought to its end. Safe for several threads.
 */
public final class Opening {
  private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

  /** How long a worker that waits is silent at most, and does not hear of a person's word. */
  private static final Duration NAP = Duration.ofSeconds(5);

  /** When an orchestrator is to ask again whether a pause is over. */
  private static final Duration ASK_AGAIN = Duration.ofMinutes(2);

  private final Reason reason;
  private final Hours hours;
  private final WishBook wishes;
  private final Clock clock;
  private final AtomicReference<Optional<Wait>> told = new AtomicReference<>(Optional.empty());

  private Opening(Reason reason, Hours hours, Workbench bench) {
    this.reason = reason;
    this.hours = hours;
    this.wishes = bench.ledger().wishes();
    this.clock = bench.clock();
  }

  /** For what reads the source. */
  public static Opening ofSource(Workbench bench) {
    return new Opening(Reason.SOURCE_HOURS, bench.config().source().hours(), bench);
  }

  /** For what writes to the org. */
  public static Opening ofTarget(Workbench bench) {
    return new Opening(Reason.TARGET_HOURS, bench.config().target().hours(), bench);
  }

  /** For what may be done at any hour. */
  public static Opening ofPeople(Workbench bench) {
    return new Opening(Reason.PAUSED, Hours.ALWAYS, bench);
  }

  /**
   * Whether to begin at this hour, something that is known not to be paused ({@link
   * io.initload.pipeline.work.Tables#open}). To be asked where there is something to begin: people
   * are told.
   */
  public boolean open() {
    Optional<Wait> wait = outside();
    wait.ifPresent(this::tell);
    return wait.isEmpty();
  }

  /**
   * For an orchestrator, who waits by itself.
   *
   * @param tables of the configuration, one of which is enough; empty where only a pause of the
   *     whole migration keeps it
   * @throws TryLater {@code OUT_OF_HOURS}, {@code PAUSED}, unless it may be begun
   */
  public void require(Set<String> tables) {
    Optional<Wait> closed = closed(tables);
    if (closed.isEmpty()) {
      return;
    }
    Wait wait = closed.get();
    Instant at = wait.until().orElseGet(() -> clock.instant().plus(ASK_AGAIN));
    throw wait.reason() == Reason.PAUSED
        ? new TryLater(
            Failure.Kind.QUOTA,
            "PAUSED",
            wait.why(),
            "Let it go on by `initload resume`; the same step, run again at "
                + at
                + " or later, goes on from here then.",
            at)
        : new TryLater(
            Failure.Kind.QUOTA,
            "OUT_OF_HOURS",
            wait.why(),
            "Run the same step again at " + at + " or later; it goes on from here.",
            at);
  }

  /** When the hours begin; {@link Instant#MAX} within them. */
  public Instant due() {
    return outside().flatMap(Wait::until).orElse(Instant.MAX);
  }

  /**
   * Waits until something may be begun, or a stop is requested.
   *
   * @param tables as of {@link #require}
   * @param meanwhile is called again and again
   * @return false for a stop
   */
  public boolean await(Set<String> tables, Sleeper sleeper, Stop stop, Runnable meanwhile)
      throws InterruptedException {
    while (!stop.requested()) {
      Optional<Wait> wait = closed(tables);
      if (wait.isEmpty()) {
        return true;
      }
      tell(wait.get());
      meanwhile.run();
      Duration left =
          wait.get().until().map(at -> Duration.between(clock.instant(), at)).orElse(NAP);
      sleeper.sleep(left.compareTo(NAP) < 0 ? left : NAP);
    }
    return false;
  }

  private Optional<Wait> closed(Set<String> tables) {
    List<Wish> pauses =
        wishes.open().stream()
            .filter(w -> w.kind() == Wish.Kind.PAUSE)
            .filter(w -> w.table().isEmpty() || tables.contains(w.table().get()))
            .toList();
    return tables.stream().allMatch(name -> pauses.stream().anyMatch(w -> w.isOf(name)))
        ? pauses.stream().findFirst().map(Wait::of).or(this::outside)
        : outside();
  }

  private Optional<Wait> outside() {
    Instant now = clock.instant();
    Instant opens = hours.next(now);
    return opens.isAfter(now) ? Optional.of(Wait.of(reason, hours, opens)) : Optional.empty();
  }

  private void tell(Wait wait) {
    Optional<Wait> now = Optional.of(wait);
    if (!now.equals(told.getAndSet(now))) {
      LOG.info("{}", wait);
    }
  }
}
