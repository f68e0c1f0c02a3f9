package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.ledger.LostClaim;
import io.initload.ledger.WorkerBook;
import io.initload.ledger.entry.LedgerAway;
import io.initload.retry.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets steps run side by side until nothing is left to move. Each step has its own threads, named
 * after it; they share nothing but the ledger and a bell that is rung when something moved, so that
 * nobody has to ask all the time. Passing trouble makes a thread wait and ask again; trouble with
 * the ledger itself makes all of them stop, and begin again as a new process would; anything else
 * ends the crew and is thrown to the caller.
 */
public final class Workers implements StepRunner {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final Duration LAST_WAIT = Duration.ofMinutes(1);

  /** Passing trouble of one thread in a row that is taken for lasting trouble. */
  private static final int TROUBLE_MAX = 20;

  /** Work without trouble for so long makes a new trouble the first one. */
  private static final Duration GOOD_WHILE = Duration.ofMinutes(5);

  private final Stop stop;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Place place;
  private final Object bell = new Object();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private long rings;
  private volatile boolean finished;

  /** This worker's place in the ledger. */
  public interface Place {
    /** Says that this worker lives. */
    void keep();

    /** Gives back all that this worker holds, and enters it anew. */
    void takeAnew();
  }

  public Workers(Stop stop, Clock clock, Sleeper sleeper, Place place) {
    this.stop = stop;
    this.clock = clock;
    this.sleeper = sleeper;
    this.place = place;
  }

  @Override
  public void work(List<Station> stations, BooleanSupplier done) throws InterruptedException {
    int outages = 0;
    while (true) {
      Instant start = clock.instant();
      try {
        if (outages > 0) {
          place.takeAnew();
        }
        workOnce(stations, done);
        return;
      } catch (Failure e) {
        outages = clock.instant().isAfter(start.plus(GOOD_WHILE)) ? 1 : outages + 1;
        if (!(e instanceof LedgerAway) || outages > TROUBLE_MAX || stop.requested()) {
          throw e;
        }
        LOG.warn("{} (try {} of {})", e.getMessage(), outages, TROUBLE_MAX);
        sleeper.sleep(pause(outages));
      }
    }
  }

  private void workOnce(List<Station> stations, BooleanSupplier done) throws InterruptedException {
    finished = false;
    failure.set(null);
    LogContext caller = LogContext.current();
    List<Thread> threads = new ArrayList<>();
    for (Station post : stations) {
      for (int i = 1; i <= post.threads(); i++) {
        Thread thread = new Thread(() -> loop(post.step(), caller), post.step().name() + "-" + i);
        thread.setDaemon(true);
        threads.add(thread);
      }
    }
    threads.forEach(Thread::start);
    try {
      watch(done);
    } finally {
      finished = true;
      ring();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    RuntimeException e = failure.get();
    if (e != null) {
      throw e;
    }
  }

  private void watch(BooleanSupplier done) throws InterruptedException {
    Duration beatEvery = WorkerBook.LEASE.dividedBy(6);
    Instant nextBeat = clock.instant();
    while (!stop.requested() && failure.get() == null && !done.getAsBoolean()) {
      if (!clock.instant().isBefore(nextBeat)) {
        place.keep();
        nextBeat = clock.instant().plus(beatEvery);
      }
      await(rings(), Duration.ofMillis(500));
    }
  }

  private void loop(Step step, LogContext caller) {
    int trouble = 0;
    while (!finished && !stop.requested() && failure.get() == null) {
      caller.restore();
      long heard = rings();
      try {
        boolean moved = step.tryStep();
        trouble = 0;
        if (moved) {
          ring();
        } else {
          await(heard, pause(step));
        }
      } catch (LostClaim e) {
        LOG.info(e.getMessage());
      } catch (Stop.Stopped e) {
        return;
      } catch (Failure e) {
        if (e.kind() != Failure.Kind.TRANSIENT
            || e instanceof LedgerAway
            || e instanceof OrgAway
            || ++trouble > TROUBLE_MAX) {
          fail(e);
          return;
        }
        LOG.warn("{} (try {} of {})", e.getMessage(), trouble, TROUBLE_MAX);
        if (!rest(trouble)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        fail(e);
        return;
      } catch (Error e) {
        // A thread that ends without a word would leave the others waiting for its work forever.
        fail(new IllegalStateException("step " + step.name(), e));
        throw e;
      }
    }
  }

  /** Other processes work on the same ledger without ringing our bell: no pause is long. */
  private Duration pause(Step step) {
    Instant latest = clock.instant().plus(LONGEST_PAUSE);
    Instant due = step.due();
    return due.isBefore(latest) ? Duration.between(clock.instant(), due) : LONGEST_PAUSE;
  }

  private boolean rest(int trouble) {
    try {
      sleeper.sleep(pause(trouble));
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static Duration pause(int trouble) {
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(trouble - 1, 10));
    return wait.compareTo(LAST_WAIT) < 0 ? wait : LAST_WAIT;
  }

  private void fail(RuntimeException e) {
    if (!failure.compareAndSet(null, e)) {
      LOG.warn("{}", e.getMessage());
    }
    ring();
  }

  private void ring() {
    synchronized (bell) {
      rings++;
      bell.notifyAll();
    }
  }

  private long rings() {
    synchronized (bell) {
      return rings;
    }
  }

  /** Waits for a ring after the one heard last. */
  private void await(long heard, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    synchronized (bell) {
      long left = longest.toMillis();
      while (rings == heard && left > 0) {
        bell.wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    }
  }
}
