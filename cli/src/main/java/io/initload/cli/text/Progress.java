package io.initload.cli.text;

import io.initload.Failure;
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
  private long doneAtStart = -1;

  private Progress(Workbench bench, Console console) {
    this.bench = bench;
    this.console = console;
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
      String line = line(bench.ledger().migrations().books().values());
      if (terminal) {
        console.out().print(ERASE + UNWRAPPED.formatted(line));
        console.out().flush();
      } else {
        console.event(line);
      }
    } catch (Failure e) {
      // The run itself will meet the same trouble and tell it.
    }
  }

  private String line(Collection<TableBooks> books) {
    long rows = books.stream().mapToLong(TableBooks::snapshotRows).sum();
    long read = books.stream().mapToLong(TableBooks::readRows).sum();
    long quarantined = books.stream().mapToLong(TableBooks::quarantined).sum();
    long dead = books.stream().mapToLong(TableBooks::deadLettered).sum();
    long done = books.stream().mapToLong(b -> b.created() + b.updated()).sum() + dead + quarantined;
    if (doneAtStart < 0) {
      doneAtStart = done;
    }
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    double rate = (done - doneAtStart) / Math.max(seconds, 1e-9);
    return String.format(
        Locale.ROOT,
        "loaded %,d of %,d rows (%.0f %%), ETA %s, %,d rows/s, %d jobs, read %,d, %,d need a"
            + " person",
        done,
        rows,
        rows == 0 ? 0.0 : 100.0 * done / rows,
        rate < 1 ? "unknown" : text(Duration.ofSeconds(Math.round((rows - done) / rate))),
        Math.round(rate),
        bench.ledger().jobs().usage(bench.org().orgId()).slots(),
        read,
        dead + quarantined);
  }

  /** A span for people. */
  public static String text(Duration eta) {
    return eta.toHours() > 0
        ? "%d h %02d min".formatted(eta.toHours(), eta.toMinutesPart())
        : eta.toMinutes() > 0
            ? "%d min %02d s".formatted(eta.toMinutes(), eta.toSecondsPart())
            : eta.toSeconds() + " s";
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
