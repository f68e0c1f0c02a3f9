package io.initload.simulator.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one background thread of an org whose clock runs by itself: it does what is due and waits for
 * what is due next. Closing it ends the thread.
 */
public final class ClockDriver implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClockDriver.class);
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private final OrgClock clock;
  private final Supplier<Optional<Instant>> work;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean woken;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param work does everything that is due and answers when something is due next
   */
  public ClockDriver(String name, OrgClock clock, Supplier<Optional<Instant>> work) {
    this.clock = clock;
    this.work = work;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Says that something may be due earlier than the thread knows. */
  public void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (true) {
      Optional<Instant> next = workOnce();
      lock.lock();
      try {
        Duration wait = next.map(clock::realTimeUntil).orElse(WAIT_MAX);
        long nanos = Math.min(wait.toNanos(), WAIT_MAX.toNanos());
        while (!woken && !closed && nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        }
        if (closed) {
          return;
        }
        woken = false;
      } catch (InterruptedException e) {
        return;
      } finally {
        lock.unlock();
      }
    }
  }

  /** Does what is due; a failure costs that piece of work, not the thread. */
  private Optional<Instant> workOnce() {
    try {
      return work.get();
    } catch (RuntimeException e) {
      LOG.warn("Work that was due has failed", e);
      return Optional.of(clock.instant().plusSeconds(1));
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
