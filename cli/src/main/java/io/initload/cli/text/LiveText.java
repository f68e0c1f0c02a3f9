package io.initload.cli.text;

import io.initload.Span;
import io.initload.Times;
import io.initload.config.TargetConfig;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.Forecast;
import io.initload.pipeline.MigrationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a migration does at this moment, in a few lines. */
public final class LiveText {
  private static final int TABLES = 8;
  private static final int CODES = 4;
  private static final int BAR = 20;

  private LiveText() {}

  /** The lines; their number changes with what there is to say. */
  public static List<String> of(MigrationStatus status, TargetConfig target, Times times) {
    List<String> lines = new ArrayList<>();
    long rows = status.tables().stream().mapToLong(TableBooks::snapshotRows).sum();
    long done = rows - status.rowsLeft();
    Activity now = status.activity();
    lines.add(
        "Migration %s into %s%s"
            .formatted(
                status.migration(),
                status.instance(),
                now.workers() == 0 ? "; nobody works on it" : ""));
    lines.add(
        "  loaded  %,d of %,d rows (%s)%s".formatted(done, rows, share(done, rows), pace(status)));
    status.waits().forEach(wait -> lines.add("  waits   " + times.local(wait.toString())));
    status.forecast().ifPresent(f -> lines.add("  ETA     " + eta(f)));
    lines.add(
        "  read    %,d rows; chunks: %,d being read, %,d to come; staged parts that wait: %,d"
            .formatted(
                status.tables().stream().mapToLong(TableBooks::readRows).sum(),
                now.chunksReading(),
                now.chunksLeft(),
                now.partsWaiting()));
    lines.add(jobs(now, target));
    lines.add(
        "  quota   of 24 h: %s of %,d records, %s of %,d batches%s"
            .formatted(
                share(status.quota().records(), target.dailyRecords()),
                target.dailyRecords(),
                share(status.quota().batches(), target.dailyBatches()),
                target.dailyBatches(),
                status
                    .quotaUntil()
                    .map(until -> "; used up until " + times.text(until))
                    .orElse("")));
    if (!now.heldBack().isEmpty()) {
      lines.add(heldBack(now.heldBack()));
    }
    lines.addAll(tables(status));
    return lines;
  }

  private static String jobs(Activity now, TargetConfig target) {
    String doubt = now.jobsInDoubt() == 0 ? "" : ", %,d in doubt".formatted(now.jobsInDoubt());
    return "  jobs    %,d of %,d: %,d sending, %,d with the org%s"
        .formatted(
            now.jobs(), target.maxConcurrentJobs(), now.jobsUploading(), now.jobsRunning(), doubt);
  }

  private static String pace(MigrationStatus status) {
    if (status.rowsPerSecond() < 1) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        ", %,d rows/s, %.1f MB/s sent",
        Math.round(status.rowsPerSecond()),
        status.activity().bytesPerSecond() / 1e6);
  }

  private static String eta(Forecast forecast) {
    String soonest = Span.text(Duration.ofSeconds(forecast.soonestSeconds()));
    String latest = Span.text(Duration.ofSeconds(forecast.latestSeconds()));
    return (soonest.equals(latest) ? "about " + soonest : soonest + " to " + latest)
        + ", held up by "
        + switch (forecast.boundBy()) {
          case SOURCE -> "the source";
          case LINE -> "the line";
          case ORG -> "the org";
          case QUOTA -> "the daily allowance";
        };
  }

  private static String heldBack(Map<String, Long> codes) {
    long all = codes.values().stream().mapToLong(Long::longValue).sum();
    String most =
        codes.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(CODES)
            .map(e -> "%s %,d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", "));
    return "  held    %,d rows need a person: %s%s"
        .formatted(all, most, codes.size() > CODES ? ", ..." : "");
  }

  private static List<String> tables(MigrationStatus status) {
    List<TableBooks> open = status.tables().stream().filter(b -> !b.closed()).toList();
    List<String> lines = new ArrayList<>();
    int width = open.stream().mapToInt(b -> b.table().length()).max().orElse(0);
    open.stream()
        .sorted(
            Comparator.comparing((TableBooks b) -> b.done() == 0).thenComparing(TableBooks::table))
        .limit(TABLES)
        .forEach(b -> lines.add(table(b, width, status.stopped().containsKey(b.table()))));
    lines.add(
        "  %,d of %,d tables are done%s"
            .formatted(
                status.tables().size() - open.size(),
                status.tables().size(),
                open.size() > TABLES ? "; %,d more are open".formatted(open.size() - TABLES) : ""));
    return lines;
  }

  private static String table(TableBooks books, int width, boolean stopped) {
    long done = books.done();
    return "    %s [%s] %s%s"
        .formatted(
            books.table() + " ".repeat(width - books.table().length()),
            bar(done, books.snapshotRows()),
            share(done, books.snapshotRows()),
            stopped ? ", stopped" : "");
  }

  /** More rows than were counted may have moved: then it is full. */
  static String bar(long done, long rows) {
    int filled = rows == 0 ? 0 : (int) Math.min(BAR, BAR * done / rows);
    return "#".repeat(filled) + ".".repeat(BAR - filled);
  }

  /** Whole percents, none of which is claimed before it is true. */
  private static String share(long part, long whole) {
    return (whole <= 0 ? 0 : 100 * part / whole) + " %";
  }
}
