package io.initload.cli.metrics;

import io.initload.cli.metrics.Metric.Facts;
import io.initload.cli.metrics.Metric.Point;
import io.initload.ledger.ActivityBook.Activity;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.Forecast;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** All metrics of a migration; docs/metrics.md has them as a table. */
public final class Metrics {
  private static final String TABLE = "initload.table";
  private static final String STATE = "initload.state";
  private static final String CODE = "initload.code";
  private static final String ALLOWANCE = "initload.allowance";
  private static final String BOUND = "initload.bound";

  /** In the order of the documentation. */
  public static final List<Metric> ALL =
      List.of(
          many(
              "initload.rows",
              "{row}",
              "Rows of the snapshot by what became of them; each is in one state.",
              f -> f.status().tables().stream().flatMap(Metrics::rows)),
          many(
              "initload.rows.held",
              "{row}",
              "Rows that need a person, by code.",
              f ->
                  new TreeMap<>(f.status().activity().heldBack())
                      .entrySet().stream().map(e -> point(e.getValue(), CODE, e.getKey()))),
          rate(
              "initload.rows.rate",
              "{row}/s",
              "Rows a second that jobs took in the last hour.",
              f -> f.status().rowsPerSecond()),
          rate(
              "initload.upload.rate",
              "By/s",
              "Compressed bytes a second that were sent in the last hour.",
              f -> f.status().activity().bytesPerSecond()),
          new Metric(
              "initload.remaining",
              "s",
              "Time until the rest is loaded, if it goes on as lately; none where that cannot be"
                  + " told.",
              false,
              f -> f.status().forecast().map(Metrics::remaining).orElse(List.of())),
          many(
              "initload.chunks.open",
              "{chunk}",
              "Chunks that are not done.",
              f -> f.status().tables().stream().map(t -> point(t.openChunks(), TABLE, t.table()))),
          one(
              "initload.parts.waiting",
              "{part}",
              "Staged parts without a job.",
              f -> f.status().activity().partsWaiting()),
          many(
              "initload.jobs.active",
              "{job}",
              "Jobs that hold one of the org's slots.",
              f -> jobs(f.status().activity())),
          one(
              "initload.jobs.limit",
              "{job}",
              "Jobs that may be under way at once.",
              f -> f.target().maxConcurrentJobs()),
          many(
              "initload.allowance.used",
              "{unit}",
              "What jobs held of the org's daily allowances in the last 24 hours.",
              f -> allowances(f.status().quota().records(), f.status().quota().batches())),
          many(
              "initload.allowance.limit",
              "{unit}",
              "What jobs may hold of the org's daily allowances in 24 hours.",
              f -> allowances(f.target().dailyRecords(), f.target().dailyBatches())),
          one(
              "initload.workers",
              "{process}",
              "Processes that work on the ledger.",
              f -> f.status().activity().workers()),
          one(
              "initload.tables.stopped",
              "{table}",
              "Tables and passes that go no further until somebody looks.",
              f -> f.status().stopped().size()),
          one(
              "initload.waits",
              "{reason}",
              "Reasons why nothing is begun now, or nothing of a table.",
              f -> f.status().waits().size()));

  private Metrics() {}

  private static Stream<Point> rows(TableBooks table) {
    return Stream.of(
        row(table, "created", table.created()),
        row(table, "updated", table.updated()),
        row(table, "refused", table.deadLettered()),
        row(table, "quarantined", table.quarantined()),
        row(table, "waiting", Math.max(0, table.left())));
  }

  private static Point row(TableBooks table, String state, long rows) {
    return new Point(Map.of(TABLE, table.table(), STATE, state), (double) rows);
  }

  private static Stream<Point> jobs(Activity activity) {
    return Stream.of(
        point(activity.jobsUploading(), STATE, "uploading"),
        point(activity.jobsRunning(), STATE, "running"),
        point(activity.jobsInDoubt(), STATE, "in_doubt"));
  }

  private static Stream<Point> allowances(long records, long batches) {
    return Stream.of(point(records, ALLOWANCE, "records"), point(batches, ALLOWANCE, "batches"));
  }

  private static List<Point> remaining(Forecast forecast) {
    return List.of(
        point(forecast.soonestSeconds(), BOUND, "soonest"),
        point(forecast.latestSeconds(), BOUND, "latest"));
  }

  private static Metric many(
      String name, String unit, String description, Function<Facts, Stream<Point>> points) {
    return new Metric(name, unit, description, true, facts -> points.apply(facts).toList());
  }

  private static Metric one(
      String name, String unit, String description, ToLongFunction<Facts> value) {
    return new Metric(
        name,
        unit,
        description,
        true,
        f -> List.of(new Point(Map.of(), (double) value.applyAsLong(f))));
  }

  private static Metric rate(
      String name, String unit, String description, ToDoubleFunction<Facts> value) {
    return new Metric(
        name, unit, description, false, f -> List.of(new Point(Map.of(), value.applyAsDouble(f))));
  }

  private static Point point(long value, String attribute, String is) {
    return new Point(Map.of(attribute, is), (double) value);
  }
}
