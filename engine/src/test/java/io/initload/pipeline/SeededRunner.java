package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.LostClaim;
import io.initload.ledger.WorkerBook;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.Workers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Calls the steps from one thread in an order drawn from a seed, and lets time pass: a little after
 * each act, and to the next thing due when nothing can be moved. A step that says it is due later
 * is then believed, so one that is due and does not know it ends as a world in which nothing moves.
 */
final class SeededRunner implements StepRunner {
  /** Passing trouble of one step in a row after which the run is given up for a while. */
  private static final int TROUBLE_MAX = 12;

  /** Rounds after which a world counts as one that turns in a circle. */
  private static final int ROUNDS_MAX = 20_000;

  private static final Duration KEEP_EVERY = WorkerBook.LEASE.dividedBy(6);

  private final Clock clock;
  private final Random random;
  private final Turns.Seat seat;
  private final Workers.Place place;
  private Instant kept;

  SeededRunner(Clock clock, Random random, Turns.Seat seat, Workers.Place place) {
    this.clock = clock;
    this.random = random;
    this.seat = seat;
    this.place = place;
    this.kept = clock.instant();
  }

  @Override
  public void work(List<Station> stations, BooleanSupplier done) throws InterruptedException {
    List<Station> order = new ArrayList<>(stations);
    int trouble = 0;
    // What each said when nothing could be moved; empty when something has happened since.
    Map<Station, Instant> due = new HashMap<>();
    for (int round = 0; ; round++) {
      if (round > ROUNDS_MAX) {
        throw new AssertionError("the steps turn in a circle");
      }
      if (!clock.instant().isBefore(keepAt())) {
        place.keep();
        kept = clock.instant();
        due.clear();
      }
      if (seat.news()) {
        due.clear();
        if (done.getAsBoolean()) {
          return;
        }
      }
      Collections.shuffle(order, random);
      boolean moved = false;
      for (Station post : order) {
        if (due.getOrDefault(post, Instant.MIN).isAfter(clock.instant())) {
          continue;
        }
        try {
          if (post.step().tryStep()) {
            moved = true;
            break;
          }
        } catch (LostClaim e) {
          moved = true;
          break;
        } catch (Failure e) {
          if (e.kind() != Failure.Kind.TRANSIENT || ++trouble > TROUBLE_MAX) {
            throw e;
          }
          seat.sleep(Duration.ofSeconds(5));
          moved = true;
          break;
        }
      }
      if (moved) {
        due.clear();
        seat.sleep(Duration.ofMillis(random.nextInt(3_000)));
        continue;
      }
      trouble = 0;
      if (done.getAsBoolean()) {
        return;
      }
      order.forEach(post -> due.put(post, due(post.step())));
      seat.rest(next(due.values()));
    }
  }

  /** What can do nothing now, and is due, would be called without end. */
  private Instant due(Step step) {
    Instant due = step.due();
    if (!due.isAfter(clock.instant())) {
      throw new AssertionError(
          "%s can do nothing, and is due since %s".formatted(step.name(), due));
    }
    return due;
  }

  /**
   * Every few seconds where there are others, and as soon as what a dead process held can be taken
   * over.
   */
  private Instant keepAt() {
    Instant usual = seat.alone() ? Instant.MAX : kept.plus(KEEP_EVERY);
    return takesOver() && seat.leaseOver().isBefore(usual) ? seat.leaseOver() : usual;
  }

  /** Whether there was a death since the last look for the dead. */
  private boolean takesOver() {
    return seat.leaseOver().isAfter(kept);
  }

  private Instant next(Collection<Instant> due) {
    Instant next = Collections.min(due);
    if (takesOver() && seat.leaseOver().isBefore(next)) {
      next = seat.leaseOver();
    }
    Instant soonest = clock.instant().plusMillis(1);
    return next.isBefore(soonest) ? soonest : next;
  }
}
