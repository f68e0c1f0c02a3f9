package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.BooksText;
import io.initload.cli.text.Console;
import io.initload.cli.text.Progress;
import io.initload.config.MigrationConfig;
import io.initload.ledger.JobBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.entry.TableRun;
import io.initload.pipeline.load.OrgCount;
import io.initload.pipeline.work.NotBegun;
import io.initload.plan.Batches;
import io.initload.plan.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(
    name = "status",
    description = {
      "Shows per table what is read, staged, loaded and refused; safe while a run goes on"
          + " anywhere.",
      "Example: initload status -c migration.yaml"
    })
public final class StatusCommand extends MigrationCommand {
  public StatusCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  int run(MigrationConfig config, Console console, Termination termination) {
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      MigrationBook.Begun begun =
          ledger.migrations().begun().orElseThrow(() -> NotBegun.failure(config.name()));
      List<TableBooks> books = List.copyOf(ledger.migrations().books().values());
      JobBook.Usage usage = ledger.jobs().usage(begun.orgId());
      console.line(
          "Migration %s into %s, begun %s, snapshot %s",
          begun.id(), begun.instance(), begun.createdAt(), begun.snapshot());
      console.line(BooksText.of(books));
      List<TableRun> tables = ledger.migrations().tables();
      tables.stream()
          .filter(t -> !t.snapshot().equals(begun.snapshot()))
          .forEach(t -> console.line("%s at %s: %s", t.name(), t.snapshot(), t.reason()));
      frozen(tables, console);
      tables.forEach(
          t -> t.stopped().ifPresent(why -> console.line("%s is stopped: %s", t.name(), why)));
      console.line(
          "%d of %d job slots in use; last 24 h: %,d of %,d records, %,d of %,d batches",
          usage.slots(),
          config.target().maxConcurrentJobs(),
          usage.records(),
          config.target().dailyRecords(),
          usage.batches(),
          config.target().dailyBatches());
      Batches all = books.stream().map(TableBooks::batches).reduce(Batches.of(0, 0), Batches::plus);
      console.line(
          "%,d batches so far, %s of their places empty%s",
          all.started(),
          all.percent(),
          books.stream().anyMatch(b -> b.batches().wasteful())
              ? ": more than 1% of a large table; chunks of more rows (tables[].chunking.rows)"
                  + " leave fewer"
              : "");
      Optional<String> said = OrgCount.known(ledger, begun.orgId());
      said.ifPresent(
          counted ->
              console.line("By the org's own count, everybody's use in it: batches %s", counted));
      JobBook.Pace pace = ledger.jobs().pace();
      long left =
          books.stream()
              .mapToLong(
                  b ->
                      b.snapshotRows()
                          - b.created()
                          - b.updated()
                          - b.deadLettered()
                          - b.quarantined())
              .sum();
      double rate = pace.rowsPerSecond();
      if (left > 0) {
        console.line(
            "%,d rows are left; %s",
            left,
            rate > 0
                ? "at %,d rows/s as in the last hour that takes %s"
                    .formatted(
                        Math.round(rate),
                        Progress.text(Duration.ofSeconds(Math.round(left / rate))))
                : "no job has ended in the last hour");
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("migration", begun.id());
      document.put("instance", begun.instance());
      document.put("snapshot", begun.snapshot());
      document.put("startedAt", begun.createdAt());
      document.put(
          "otherSnapshots",
          tables.stream()
              .filter(t -> !t.snapshot().equals(begun.snapshot()))
              .collect(Collectors.toMap(TableRun::name, TableRun::snapshot)));
      document.put("tables", books);
      document.put("slots", usage.slots());
      document.put("quota", Map.of("records", usage.records(), "batches", usage.batches()));
      document.put("batches", all);
      document.put("rowsLeft", left);
      document.put("rowsPerSecond", rate);
      said.ifPresent(counted -> document.put("orgBatches", counted));
      console.document(document);
    }
    return ExitCode.DONE.code();
  }

  private static void frozen(List<TableRun> tables, Console console) {
    List<String> names =
        tables.stream()
            .filter(t -> t.snapshot().kind() == Snapshot.Kind.FROZEN)
            .map(TableRun::name)
            .toList();
    if (!names.isEmpty()) {
      console.line(
          "Read without a snapshot, nobody may write to them: %s", String.join(", ", names));
    }
  }
}
