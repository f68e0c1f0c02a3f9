package io.initload.pipeline;

import io.initload.ledger.WorkerBook;
import io.initload.simulator.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Lets the processes of a world act one at a time, in an order drawn from the seed: whoever waits
 * hands the turn on, and the clock moves only when all of them wait. So two processes meet at any
 * point of each other's acts, and a seed meets them at the same points each time.
 */
final class Turns {
  private final VirtualClock clock;
  private final Random random;
  private final Runnable onMove;
  private final List<Seat> seats = new ArrayList<>();
  private @Nullable Seat turn;
  private Instant leaseOver = Instant.MIN;

  /**
   * @param onMove told after each move of the clock, by the process whose turn it is
   */
  Turns(VirtualClock clock, Random random, Runnable onMove) {
    this.clock = clock;
    this.random = random;
    this.onMove = onMove;
  }

  /** A seat for one process; all are taken before the first one acts. */
  synchronized Seat seat() {
    Seat seat = new Seat(clock.instant());
    seats.add(seat);
    if (turn == null) {
      turn = seat;
    }
    return seat;
  }

  /** One process's seat, used by its thread alone. */
  final class Seat {
    private Instant due;
    private boolean listens;
    private boolean news;

    private Seat(Instant due) {
      this.due = due;
    }

    boolean alone() {
      synchronized (Turns.this) {
        return seats.size() == 1;
      }
    }

    /** Waits for this seat's turn. */
    void await() throws InterruptedException {
      synchronized (Turns.this) {
        while (turn != this) {
          Turns.this.wait();
        }
      }
    }

    /** Lets a span pass, in which others may act. */
    void sleep(Duration span) throws InterruptedException {
      wake();
      wait(clock.instant().plus(span), false);
    }

    /** Whether another process has done something since this was asked last. */
    boolean news() {
      synchronized (Turns.this) {
        boolean heard = news;
        news = false;
        return heard;
      }
    }

    /** Lets time pass up to an instant, or until another process has done something. */
    void rest(Instant then) throws InterruptedException {
      if (!listens) {
        wake();
      }
      wait(then, true);
    }

    private void wait(Instant then, boolean woken) throws InterruptedException {
      synchronized (Turns.this) {
        due = then;
        listens = woken;
        handOn();
        await();
      }
    }

    private void wake() {
      synchronized (Turns.this) {
        for (Seat other : seats) {
          if (other != this) {
            other.news = true;
            if (other.listens) {
              other.due = clock.instant();
            }
          }
        }
      }
    }

    /** This process is dead; the others may take over what it held when its lease is over. */
    void died() {
      synchronized (Turns.this) {
        leaseOver = clock.instant().plus(WorkerBook.LEASE).plusSeconds(1);
      }
    }

    /** When the lease of the last one that died is over; maybe in the past. */
    Instant leaseOver() {
      synchronized (Turns.this) {
        return leaseOver;
      }
    }

    /** Gives the seat up for good. */
    void leave() {
      synchronized (Turns.this) {
        wake();
        seats.remove(this);
        if (!seats.isEmpty()) {
          handOn();
        }
      }
    }
  }

  private void handOn() {
    Instant soonest = seats.stream().map(s -> s.due).min(Instant::compareTo).orElseThrow();
    if (soonest.equals(Instant.MAX)) {
      throw new AssertionError("nothing can be moved, nothing is due, and the work is not done");
    }
    if (soonest.isAfter(clock.instant())) {
      clock.advanceTo(soonest);
      onMove.run();
    }
    List<Seat> ready = seats.stream().filter(s -> !s.due.isAfter(clock.instant())).toList();
    turn = ready.get(random.nextInt(ready.size()));
    notifyAll();
  }
}
