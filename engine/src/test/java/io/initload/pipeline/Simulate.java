package io.initload.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays many worlds, as many at a time as there are processors: {@code Simulate SEEDS [FIRST]},
 * from a random seed on without {@code FIRST}. Prints the seed of each failure with the command
 * that repeats it, ends with one line of figures, and exits with 1 on any failure.
 */
public final class Simulate {
  private static final int PROGRESS = 1_000;
  private static final long RANDOM_SEEDS = 1L << 40;

  private final long seeds;
  private final long first;
  private final PrintStream out;
  private final long started = System.nanoTime();
  private final AtomicLong next;
  private final TreeSet<Long> failed = new TreeSet<>();
  private final Map<WorldWrong.Kind, Integer> wrong = new EnumMap<>(WorldWrong.Kind.class);
  private WorldFigures figures = WorldFigures.NONE;
  private long played;

  private Simulate(long seeds, long first, PrintStream out) {
    this.seeds = seeds;
    this.first = first;
    this.out = out;
    this.next = new AtomicLong(first);
  }

  /** See the class comment. */
  public static void main(String[] args) throws Exception {
    long first =
        args.length > 1 && !args[1].isEmpty()
            ? Long.parseLong(args[1])
            : Math.floorMod(System.nanoTime(), RANDOM_SEEDS);
    Outcome outcome = run(Long.parseLong(args[0]), first, System.out);
    System.exit(outcome.failed().isEmpty() ? 0 : 1);
  }

  /** What became of the worlds. */
  record Outcome(WorldFigures figures, List<Long> failed) {}

  static Outcome run(long seeds, long first, PrintStream out) throws Exception {
    return new Simulate(seeds, first, out).run();
  }

  private Outcome run() throws IOException, InterruptedException {
    Path memory = Path.of("/dev/shm");
    Path parent =
        Files.createTempDirectory(
            Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")),
            "worlds");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Thread thread = new Thread(() -> playAll(parent), "worlds-" + i);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    Files.deleteIfExists(parent);
    return end();
  }

  private void playAll(Path parent) {
    for (long seed = next.getAndIncrement(); seed < first + seeds; seed = next.getAndIncrement()) {
      try (SimulatedWorld world = new SimulatedWorld(Scenario.draw(seed), parent)) {
        passed(world.play());
      } catch (Throwable e) {
        failed(seed, e);
      }
    }
  }

  private synchronized void passed(WorldFigures world) {
    figures = figures.plus(world);
    progress();
  }

  private synchronized void failed(long seed, Throwable e) {
    failed.add(seed);
    // The figures of a world lie below what its processes threw.
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof WorldWrong world) {
        world.counts().forEach((kind, n) -> wrong.merge(kind, n, Integer::sum));
        break;
      }
    }
    out.println("seed " + seed + " failed: " + e);
    e.printStackTrace(out);
    out.println("  repeat: make simulate SEEDS=1 FROM=" + seed);
    progress();
  }

  private void progress() {
    if (++played % PROGRESS == 0) {
      out.printf(Locale.ROOT, "%,d worlds, %d failed, %d s%n", played, failed.size(), seconds());
    }
  }

  private long seconds() {
    return (System.nanoTime() - started) / 1_000_000_000;
  }

  private synchronized Outcome end() {
    out.println("deaths: " + WorldFigures.list(figures.deaths()));
    out.println("faults: " + WorldFigures.list(figures.faults()));
    out.println("wishes: " + WorldFigures.list(figures.wishes()));
    out.printf(
        Locale.ROOT,
        "%,d seeds from %d in %,d s: %,d rows, %,d loaded, %,d held back, %,d jobs, %,d deaths,"
            + " %,d faults; lost %d, doubled %d, limits crossed %d, finished jobs uploaded again %d;"
            + " failed %d%n",
        played,
        first,
        seconds(),
        figures.rows(),
        figures.loaded(),
        figures.dead(),
        figures.jobs(),
        WorldFigures.total(figures.deaths()),
        WorldFigures.total(figures.faults()),
        wrong(WorldWrong.Kind.LOST),
        wrong(WorldWrong.Kind.DOUBLED),
        wrong(WorldWrong.Kind.LIMIT_CROSSED),
        wrong(WorldWrong.Kind.UPLOADED_AGAIN),
        failed.size());
    return new Outcome(figures, List.copyOf(failed));
  }

  private int wrong(WorldWrong.Kind kind) {
    return wrong.getOrDefault(kind, 0);
  }
}
