package io.initload.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Plays many acts of sabotage, as many at a time as there are processors: {@code Sabotage CASES
 * FIRST}. Prints each one that was not found, or was found where nothing was any more, with its
 * seed; ends with how many there were of each stage, and exits with 1 on any failure.
 */
public final class Sabotage {
  /** Acts in one directory of a thread, which is then cleared. */
  private static final int STRETCH = 120;

  private final long end;
  private final AtomicLong next;
  private final Map<SabotageCases.Stage, Integer> found = new EnumMap<>(SabotageCases.Stage.class);
  private int failed;

  private Sabotage(long cases, long first) {
    this.next = new AtomicLong(first);
    this.end = first + cases;
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    long first = Long.parseLong(args[1]);
    Sabotage sabotage = new Sabotage(Long.parseLong(args[0]), first);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(sabotage::playAll, "sabotage-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.printf(
        "seeds %d to %d: found or mended %s, failed %d%n",
        first, sabotage.end - 1, sabotage.found, sabotage.failed);
    System.exit(sabotage.failed == 0 ? 0 : 1);
  }

  private void playAll() {
    try {
      while (next.get() < end) {
        Path directory = Files.createTempDirectory("sabotage");
        try {
          stretch(directory);
        } finally {
          clear(directory);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void stretch(Path directory) {
    long seed = -1;
    try (SabotageCases cases = new SabotageCases(directory)) {
      for (int i = 0; i < STRETCH; i++) {
        seed = next.getAndIncrement();
        if (seed >= end) {
          return;
        }
        count(cases.play(seed).stage());
      }
    } catch (Exception | AssertionError e) {
      tell(seed, e);
    }
  }

  private synchronized void count(SabotageCases.Stage stage) {
    found.merge(stage, 1, Integer::sum);
  }

  private synchronized void tell(long seed, Throwable e) {
    failed++;
    System.out.printf("FAILED seed %d: %s%n", seed, e);
  }

  private static void clear(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
