package io.initload.cli.text;

import io.initload.Failure;
import io.initload.Span;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.MigrationStatus;
import io.initload.pipeline.begin.Wait;
import io.initload.pipeline.work.Workbench;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Shows how far a run is: a few lines that are drawn again in place on a terminal, one line every
 * ten seconds elsewhere. Reads the ledger only, so that it can never hold the run up.
 */
public final class Progress implements AutoCloseable {
  private final Workbench bench;
  private final Console console;
  private final Optional<LiveBlock> live;
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "progress"));
  private final long startedNanos = System.nanoTime();
  private final long doneAtStart;

  private Progress(Workbench bench, Console console) {
    this.bench = bench;
    this.console = console;
    this.doneAtStart = done(bench.ledger().sums().books().values());
    this.live =
        console.volume() != Volume.QUIET && LiveBlock.possible(console)
            ? Optional.of(new LiveBlock(console.out()))
            : Optional.empty();
  }

  public static Progress show(Workbench bench, Console console) {
    Progress progress = new Progress(bench, console);
    int seconds = progress.live.isPresent() ? 1 : 10;
    var unused =
        progress.ticker.scheduleAtFixedRate(progress::tick, seconds, seconds, TimeUnit.SECONDS);
    return progress;
  }

  private void tick() {
    try {
      if (live.isPresent()) {
        MigrationStatus status = MigrationStatus.of(bench.ledger(), bench.config());
        live.get().draw(LiveText.of(status, bench.config().target(), console.times()));
        return;
      }
      double seconds = (System.nanoTime() - startedNanos) / 1e9;
      console.progress(
          line(
                  bench.ledger().sums().books().values(),
                  doneAtStart,
                  Math.max(seconds, 1e-9),
                  bench.ledger().quota().usage(bench.org().orgId()).slots())
              + waits());
    } catch (Failure e) {
      // The run itself will meet the same trouble and tell it.
    }
  }

  private String waits() {
    Activity now = bench.ledger().activity().now();
    return Wait.now(bench.ledger(), bench.config(), now, false).stream()
        .map(wait -> "; " + console.times().local(wait.toString()))
        .collect(Collectors.joining());
  }

  private static long done(Collection<TableBooks> books) {
    return books.stream().mapToLong(TableBooks::done).sum();
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
    live.ifPresent(LiveBlock::close);
  }
}
