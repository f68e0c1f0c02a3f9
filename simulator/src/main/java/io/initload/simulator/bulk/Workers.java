package io.initload.simulator.bulk;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Does the work of jobs: by threads of its own where the clock runs by itself, otherwise in the
 * thread that asks. Closing it waits for the work under way.
 */
public final class Workers implements Executor, AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final @Nullable ExecutorService pool;

  private Workers(@Nullable ExecutorService pool) {
    this.pool = pool;
  }

  /** Has no threads. */
  public static Workers inTheCaller() {
    return new Workers(null);
  }

  /**
   * Has threads.
   *
   * @param name starts their names
   */
  public static Workers threads(String name, int threads) {
    AtomicInteger number = new AtomicInteger();
    return new Workers(
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            }));
  }

  @Override
  public void execute(Runnable task) {
    if (pool == null) {
      task.run();
    } else {
      pool.execute(task);
    }
  }

  @Override
  public void close() {
    if (pool == null) {
      return;
    }
    pool.shutdown();
    try {
      if (!pool.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        pool.shutdownNow();
      }
    } catch (InterruptedException e) {
      pool.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
