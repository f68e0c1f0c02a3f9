package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.LostClaim;
import io.initload.simulator.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * Calls the steps from one thread in an order drawn from a seed, and moves the clock: a little
 * after each act, and to the next thing due when nothing can be moved.
 */
final class SeededRunner implements StepRunner {
  /** Passing trouble of one step in a row after which the run is given up for a while. */
  private static final int TROUBLE_MAX = 12;

  /** Rounds after which a world counts as one that turns in a circle. */
  private static final int ROUNDS_MAX = 20_000;

  private final VirtualClock clock;
  private final Random random;

  SeededRunner(VirtualClock clock, Random random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void work(List<Post> posts, BooleanSupplier done) throws InterruptedException {
    List<Post> order = new ArrayList<>(posts);
    int trouble = 0;
    boolean end = false;
    for (int round = 0; !end; round++) {
      if (round > ROUNDS_MAX) {
        throw new AssertionError("the steps turn in a circle");
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
          clock.advance(Duration.ofSeconds(5));
          moved = true;
          break;
        }
      }
      if (moved) {
        clock.advance(Duration.ofMillis(random.nextInt(3_000)));
      } else {
        trouble = 0;
        end = done.getAsBoolean();
        if (!end) {
          sleep(order);
        }
      }
    }
  }

  private void sleep(List<Post> posts) {
    Instant next =
        posts.stream().map(p -> p.step().due()).min(Instant::compareTo).orElse(Instant.MAX);
    if (next.equals(Instant.MAX)) {
      throw new AssertionError("nothing can be moved, nothing is due, and the work is not done");
    }
    Instant soonest = clock.instant().plusMillis(1);
    clock.advanceTo(next.isBefore(soonest) ? soonest : next);
  }
}
