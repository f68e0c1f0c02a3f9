package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.LostClaim;
import io.initload.ledger.WorkerBook;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Calls the steps from one thread in an order drawn from a seed, and lets time pass: a little after
 * each act, and to the next thing due when nothing can be moved.
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
  private final Crew.Place place;

  SeededRunner(Clock clock, Random random, Turns.Seat seat, Crew.Place place) {
    this.clock = clock;
    this.random = random;
    this.seat = seat;
    this.place = place;
  }

  @Override
  public void work(List<Post> posts, BooleanSupplier done) throws InterruptedException {
    List<Post> order = new ArrayList<>(posts);
    int trouble = 0;
    Instant kept = clock.instant();
    for (int round = 0; ; round++) {
      if (round > ROUNDS_MAX) {
        throw new AssertionError("the steps turn in a circle");
      }
      if (!seat.alone() && !clock.instant().isBefore(kept.plus(KEEP_EVERY))) {
        place.keep();
        kept = clock.instant();
      }
      Collections.shuffle(order, random);
      boolean moved = false;
      for (Post post : order) {
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
        seat.sleep(Duration.ofMillis(random.nextInt(3_000)));
        continue;
      }
      trouble = 0;
      if (done.getAsBoolean()) {
        return;
      }
      seat.rest(next(order));
    }
  }

  private Instant next(List<Post> posts) {
    Instant next =
        posts.stream().map(p -> p.step().due()).min(Instant::compareTo).orElse(Instant.MAX);
    Instant takeOver = seat.leaseOver();
    if (!seat.alone() && takeOver.isAfter(clock.instant()) && takeOver.isBefore(next)) {
      next = takeOver;
    }
    Instant soonest = clock.instant().plusMillis(1);
    return next.isBefore(soonest) ? soonest : next;
  }
}
