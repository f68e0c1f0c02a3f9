package io.initload.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Plays many worlds: {@code Simulate SEEDS [FIRST]}. Prints the seed of each failure with the
 * command that repeats it, ends with one line of figures, and exits with 1 on any failure.
 */
public final class Simulate {
  private static final int PROGRESS = 1_000;

  private Simulate() {}

  /** The seeds that failed. */
  static List<Long> run(long seeds, long first) throws Exception {
    long start = System.nanoTime();
    Path shm = Path.of("/dev/shm");
    Path parent =
        Files.createTempDirectory(
            Files.isWritable(shm) ? shm : Path.of(System.getProperty("java.io.tmpdir")), "worlds");
    AtomicLong next = new AtomicLong(first);
    AtomicReference<WorldFigures> sum = new AtomicReference<>(WorldFigures.NONE);
    ConcurrentLinkedQueue<Long> failed = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread =
          new Thread(
              () -> {
                for (long seed = next.getAndIncrement();
                    seed < first + seeds;
                    seed = next.getAndIncrement()) {
                  try {
                    WorldFigures figures = play(seed, parent);
                    sum.accumulateAndGet(figures, WorldFigures::plus);
                    if ((seed - first + 1) % PROGRESS == 0) {
                      System.out.printf("%,d worlds, %d failed%n", seed - first + 1, failed.size());
                    }
                  } catch (Throwable e) {
                    failed.add(seed);
                    tell(seed, e);
                  }
                }
              },
              "worlds-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Files.deleteIfExists(parent);
    WorldFigures figures = sum.get();
    System.out.printf(
        "%d seeds from %d in %d s: %,d rows, %,d loaded, %,d held back, %,d jobs, %,d deaths; %d failed%n",
        seeds,
        first,
        (System.nanoTime() - start) / 1_000_000_000,
        figures.rows(),
        figures.loaded(),
        figures.dead(),
        figures.jobs(),
        figures.lives(),
        failed.size());
    return List.copyOf(failed);
  }

  private static WorldFigures play(long seed, Path parent) throws Exception {
    try (SimulatedWorld world = new SimulatedWorld(Scenario.draw(seed), parent)) {
      return world.play();
    }
  }

  private static synchronized void tell(long seed, Throwable e) {
    System.out.println("seed " + seed + " failed: " + e);
    e.printStackTrace(System.out);
    System.out.println("  repeat: make simulate SEEDS=1 FROM=" + seed);
  }
}
