package io.initload.cli.text;

import io.initload.Failure;
import io.initload.Span;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.work.Workbench;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Shows how far a run is: one line that is rewritten on a terminal, one line every ten seconds
 * elsewhere. Reads the ledger only, so that it can never hold the run up.
 *
 * <p>The launcher knows what is a terminal: it says so in {@code initload.terminal}, and lets log
 * lines begin by erasing this one ({@code initload.log.start}).
 */
public final class Progress implements AutoCloseable {
  /** Erases the line and goes back to its start. */
  private static final String ERASE = "\u001b[2K\u001b[G";

  /** Around a line that is cut at the terminal's edge: one that wraps could not be rewritten. */
  private static final String UNWRAPPED = "\u001b[?7l%s\u001b[?7h";

  private final Workbench bench;
  private final Console console;
  private final boolean terminal;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "progress"));
  private final long startedNanos = System.nanoTime();
  private final long doneAtStart;

  private Progress(Workbench bench, Console console) {
    this.bench = bench;
    this.console = console;
    this.doneAtStart = done(bench.ledger().sums().books().values());
    this.terminal = Boolean.getBoolean("initload.terminal") && !console.json();
  }

  public static Progress show(Workbench bench, Console console) {
    Progress progress = new Progress(bench, console);
    int seconds = progress.terminal ? 1 : 10;
    var unused =
        progress.ticker.scheduleAtFixedRate(progress::tick, seconds, seconds, TimeUnit.SECONDS);
    return progress;
  }

  private void tick() {
    try {
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      String line =
          line(
              bench.ledger().sums().books().values(),
              doneAtStart,
              Math.max(seconds, 1e-9),
              bench.ledger().quota().usage(bench.org().orgId()).slots());
      if (terminal) {
        console.out().print(ERASE + UNWRAPPED.formatted(Printable.line(line)));
        console.out().flush();
      } else {
        console.event(line);
      }
    } catch (Failure e) {
      // The run itself will meet the same trouble and tell it.
    }
  }

  /** Rows that are where they will stay. */
  private static long done(Collection<TableBooks> books) {
    return books.stream()
        .mapToLong(b -> b.created() + b.updated() + b.deadLettered() + b.quarantined())
        .sum();
  }

  /**
   * How far the rows of these tables are.
   *
   * @param doneAtStart rows that an earlier command was done with
   * @param seconds since the start of this one; above 0
   * @param jobs that run now
   */
  static String line(Collection<TableBooks> books, long doneAtStart, double seconds, int jobs) {
    long rows = books.stream().mapToLong(TableBooks::snapshotRows).sum();
    long read = books.stream().mapToLong(TableBooks::readRows).sum();
    long person = books.stream().mapToLong(b -> b.deadLettered() + b.quarantined()).sum();
    long done = done(books);
    return String.format(
        Locale.ROOT,
        "loaded %,d of %,d rows (%.0f %%)%s, %d jobs, read %,d, %,d need a person",
        done,
        rows,
        rows == 0 ? 0.0 : 100.0 * done / rows,
        pace(rows - done, (done - doneAtStart) / seconds),
        jobs,
        read,
        person);
  }

  /** When it will end and how fast it goes, as far as that can be told. */
  private static String pace(long left, double rate) {
    String speed = rate < 1 ? "" : String.format(Locale.ROOT, ", %,d rows/s", Math.round(rate));
    return left > 0 && rate >= 1
        ? ", ETA " + Span.text(Duration.ofSeconds(Math.round(left / rate))) + speed
        : speed;
  }

  @Override
  public void close() {
    ticker.shutdown();
    try {
      if (!ticker.awaitTermination(5, TimeUnit.SECONDS)) {
        ticker.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (terminal) {
      console.out().print(ERASE);
    }
  }
}
