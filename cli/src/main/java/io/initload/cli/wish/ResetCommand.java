package io.initload.cli.wish;

import io.initload.cli.command.Chosen;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.BooksText;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.library.OpenMigration;
import io.initload.pipeline.reset.ResetRun;
import io.initload.pipeline.work.NotBegun;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "reset",
    description = {
      "Forgets what was read and booked of a table, so that the next run loads it anew.",
      "Records that it created are updated then, and initload undo still deletes them. Without"
          + " --confirm it only says what would be forgotten.",
      "Example: initload reset CUSTOMERS -c migration.yaml --confirm crm-history"
    })
public final class ResetCommand extends TriedCommand {
  @Parameters(paramLabel = "TABLE", description = "The table, by its name in the configuration.")
  private String table = "";

  @Option(
      names = "--confirm",
      paramLabel = "NAME",
      description = "The migration's name: reset for real.")
  private String confirm = "";

  @Option(
      names = "--corrections-too",
      description = "Forget rows that were corrected by hand as well.")
  private boolean correctionsToo;

  public ResetCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Chosen.tables(config, List.of(table));
    TableConfig chosen = config.table(table).orElseThrow();
    if (confirm.isEmpty()) {
      return preview(config, console);
    }
    requireName(confirm, config, "reset");
    try (OpenMigration migration = OpenMigration.withoutSource(config, termination.stop())) {
      List<TableBooks> forgotten = new ResetRun(migration.bench(), chosen, correctionsToo).run();
      console.block(BooksText.of(forgotten));
      console.line(
          forgotten.isEmpty()
              ? "Nothing of %s is planned: there is nothing to forget."
              : "%s is forgotten; the next run loads it anew.",
          table);
      console.document(new Forgotten(true, forgotten));
      next(console, "run", "");
      return ExitCode.DONE.code();
    }
  }

  private int preview(MigrationConfig config, Console console) {
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      NotBegun.require(ledger, config.name());
      List<TableBooks> books = ResetRun.preview(ledger, table);
      console.block(BooksText.of(books));
      console.line("Nothing was forgotten.");
      console.document(new Forgotten(false, books));
      next(
          console,
          "reset " + word(table),
          (correctionsToo ? " --corrections-too" : "") + " --confirm " + word(config.name()));
      return ExitCode.DONE.code();
    }
  }

  /**
   * What {@code --json} prints: whether it was done, and the books that were, or would be, lost.
   */
  private record Forgotten(boolean complete, List<TableBooks> tables) {}
}
