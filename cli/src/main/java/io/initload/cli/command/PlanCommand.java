package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.TextTable;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.mapping.Finding;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.plan.Batches;
import io.initload.source.DbaStatements;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    description = {
      "Shows order, chunks, parts, batches, days and staging bytes; writes nothing to org or"
          + " ledger.",
      "On Oracle without SELECT on DBA_EXTENTS, it cuts tables by a task of DBMS_PARALLEL_EXECUTE",
      "of the user's own, which is dropped at once.",
      "Example: initload plan -c migration.yaml --sql"
    })
public final class PlanCommand extends TryingCommand {
  @Option(names = "--sql", description = "Show each statement that a run can send about a table.")
  private boolean sql;

  public PlanCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    MigrationPlan plan;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      Preparation preparation =
          Preparation.of(config, migration.bench().source(), migration.bench().org());
      plan = MigrationPlan.of(config, migration.bench().source(), preparation.require());
    }
    config.trial().ifPresent(some -> console.line("A trial of %s, under a name of its own.", some));
    print(plan, console);
    console.document(plan);
    if (plan.findings().stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR)) {
      return ExitCode.USAGE.code();
    }
    next(console, "run", "");
    return ExitCode.DONE.code();
  }

  private static void forTheDba(DbaStatements access, Console console) {
    if (access.grants().isEmpty()) {
      return;
    }
    console.line("");
    console.line("For the DBA. What the user of the migration needs:");
    access.grants().forEach(s -> console.line("  %s;", s));
    console.line("To keep it out and end its sessions (each names the chunk it reads):");
    access.end().forEach(s -> console.line("  %s%s", s, s.endsWith(";") ? "" : ";"));
  }

  private void print(MigrationPlan plan, Console console) {
    console.line("Migration %s, snapshot: %s", plan.migration(), plan.snapshot());
    if (plan.frozen()) {
      console.line(
          "No snapshot: nobody may write to the tables from the run until the certificate is"
              + " made.");
    }
    console.line("");
    TextTable table =
        new TextTable(
            "order", "table", "object", "strategy", "chunks", "rows", "parts", "batches", "waste");
    for (MigrationPlan.Table t : plan.tables()) {
      table.row(
          t.order() + " " + t.phase(),
          t.source(),
          t.object(),
          t.strategy(),
          TextTable.number(t.chunks()),
          (t.exactRows() ? "" : "~") + TextTable.number(t.estimatedRows()),
          TextTable.number(t.estimatedParts()),
          TextTable.number(t.estimatedBatches()),
          filled(t).percent());
    }
    console.block(table.toString());
    console.line(
        "%,d rows in %,d batches: at least %,d %s of the daily allowance; about %,d MB of staged"
            + " files in all.",
        plan.estimatedRows(),
        plan.estimatedBatches(),
        plan.days(),
        plan.days() == 1 ? "day" : "days",
        plan.stagingBytes() / 1_000_000);
    console.line(
        "Comparing every field afterwards (reconcile --level full) takes about %,d bulk query jobs"
            + " and %,d MB of results, of an allowance that loading does not share.",
        plan.whole().jobs(), plan.whole().bytes() / 1_000_000);
    if (!plan.undo().isEmpty() && plan.findings().isEmpty()) {
      console.line(plan.undo());
    }
    plan.findings().forEach(console::finding);
    for (MigrationPlan.Table t : plan.tables()) {
      console.line("%s: %s %s", t.source(), t.reason(), t.cost());
      if (sql) {
        t.planSql().forEach(s -> console.line("  plan: %s", s));
        console.line("  read: %s", t.readSql());
        t.alsoSql().forEach(s -> console.line("  also: %s", s));
      }
    }
    plan.tables().stream()
        .filter(t -> filled(t).wasteful())
        .forEach(
            t ->
                console.line(
                    "%s: about %s of the places in its batches stay empty, and the daily allowance"
                        + " counts them; chunks of more rows (tables[].chunking.rows) leave fewer.",
                    t.source(), filled(t).percent()));
    forTheDba(plan.access(), console);
  }

  private static Batches filled(MigrationPlan.Table table) {
    return Batches.of(table.estimatedRows(), table.estimatedBatches());
  }
}
