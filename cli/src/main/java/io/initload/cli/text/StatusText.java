package io.initload.cli.text;

import io.initload.Span;
import io.initload.config.TargetConfig;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.MigrationStatus;
import io.initload.plan.Batches;
import java.time.Duration;
import java.util.TreeMap;

/** How far a migration is, for a terminal. */
public final class StatusText {
  private StatusText() {}

  public static void show(MigrationStatus status, TargetConfig target, Console console) {
    console.line(
        "Migration %s into %s, begun %s, snapshot %s",
        status.migration(),
        status.instance(),
        console.times().text(status.startedAt()),
        status.snapshot());
    console.block(BooksText.of(status.tables()));
    new TreeMap<>(status.otherSnapshots())
        .forEach(
            (table, snapshot) ->
                console.line(
                    "%s at %s: %s", table, snapshot, status.reasons().getOrDefault(table, "")));
    if (!status.frozen().isEmpty()) {
      console.line(
          "Read without a snapshot, nobody may write to them: %s",
          String.join(", ", status.frozen()));
    }
    new TreeMap<>(status.stopped())
        .forEach((table, why) -> console.line("%s is stopped: %s", table, why));
    status.waits().forEach(wait -> console.line("%s", console.times().local(wait.toString())));
    allowances(status, target, console);
    rest(status, console);
  }

  private static void allowances(MigrationStatus status, TargetConfig target, Console console) {
    console.line(
        "%d of %d job slots in use; last 24 h: %,d of %,d records, %,d of %,d batches",
        status.slots(),
        target.maxConcurrentJobs(),
        status.quota().records(),
        target.dailyRecords(),
        status.quota().batches(),
        target.dailyBatches());
    status
        .quotaUntil()
        .ifPresent(
            until ->
                console.line(
                    "The daily allowance is used up; loading goes on at %s at the latest",
                    console.times().text(until)));
    console.line(
        "%,d batches so far, %s of their places empty%s",
        status.batches().started(), status.batches().percent(), waste(status));
    if (!status.orgBatches().isEmpty()) {
      console.line(
          "By the org's own count, everybody's use in it: batches %s",
          console.times().local(status.orgBatches()));
    }
  }

  private static String waste(MigrationStatus status) {
    boolean wasteful =
        status.tables().stream().map(TableBooks::batches).anyMatch(Batches::wasteful);
    return wasteful
        ? ": more than 1% of a large table; chunks of more rows (tables[].chunking.rows) leave"
            + " fewer"
        : "";
  }

  private static void rest(MigrationStatus status, Console console) {
    double rate = status.rowsPerSecond();
    if (status.rowsLeft() > 0) {
      console.line(
          "%,d rows are left; %s",
          status.rowsLeft(),
          rate > 0
              ? "at %,d rows/s as in the last hour that takes %s"
                  .formatted(
                      Math.round(rate),
                      Span.text(Duration.ofSeconds(Math.round(status.rowsLeft() / rate))))
              : "no job has ended in the last hour");
    }
  }
}
