package io.initload.cli.deadletters;

import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.TextTable;
import io.initload.config.MigrationConfig;
import io.initload.ledger.DeadLetterBook;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.HeldRows;
import io.initload.pipeline.work.NotBegun;
import io.initload.salesforce.errors.ErrorCodes;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = {
      "Lists them grouped by table and code, with the remedy, and the first rows of each.",
      "Example: initload dead-letters list -c migration.yaml --rows 10"
    })
public final class DeadLettersListCommand extends TriedCommand {
  @Mixin private DeadLetterOptions options = new DeadLetterOptions();

  @Option(
      names = "--rows",
      paramLabel = "N",
      description = "Rows to show of each group; default ${DEFAULT-VALUE}.")
  private int rows = 3;

  @Option(
      names = "--undo",
      description = "Those of the deletion instead: records that undo could not delete, and why.")
  private boolean undo;

  public DeadLettersListCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination) {
    try (Ledger own = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      Ledger ledger = undo ? own.undo() : own;
      NotBegun.require(ledger, config.name());
      DeadLetterFilter filter = options.filter(config);
      List<DeadLetterBook.Group> groups = ledger.deadLetters().groups(filter);
      List<ExceptionRow> first =
          groups.stream().flatMap(g -> ledger.deadLetters().first(g, rows).stream()).toList();
      TextTable table = new TextTable("table", "state", "code", "rows");
      groups.forEach(
          g -> table.row(g.table(), g.state().name(), g.code(), TextTable.number(g.rows())));
      console.block(groups.isEmpty() ? "No row needs a person." : table.toString());
      groups.stream()
          .flatMap(g -> remedies(ledger, g).map(remedy -> g.code() + ": " + remedy))
          .distinct()
          .forEach(remedy -> console.line("%s", remedy));
      first.forEach(
          r ->
              console.line(
                  "%s  %s %s  %s: %s",
                  Chunk.label(r.table(), r.chunk()),
                  undo ? "record" : "external id",
                  r.externalId(),
                  r.code(),
                  r.message()));
      console.document(
          new Listing(
              groups.stream().map(Group::of).toList(), first.stream().map(Row::of).toList()));
      if (groups.isEmpty()) {
        next(console, undo ? "report" : "reconcile", undo ? " --undo" : "");
      } else if (!undo) {
        next(console, "dead-letters export", " -o dead-letters");
      } else {
        next(console, "undo", " --confirm " + word(config.name()));
      }
    }
    return ExitCode.DONE.code();
  }

  /** What {@code --json} prints. */
  private record Listing(List<Group> groups, List<Row> rows) {}

  private record Group(
      String table, ExceptionRow.State state, String code, long rows, String remedy) {
    static Group of(DeadLetterBook.Group group) {
      return new Group(
          group.table(),
          group.state(),
          group.code(),
          group.rows(),
          DeadLettersListCommand.remedy(group));
    }
  }

  /** A code may have several meanings, told by the message: what helps is said of each. */
  private static Stream<String> remedies(Ledger ledger, DeadLetterBook.Group group) {
    List<String> texts = ErrorCodes.texts(group.code());
    return HeldRows.has(group.state(), group.code()) || texts.isEmpty()
        ? Stream.of(remedy(group))
        : ledger.deadLetters().examples(group, texts).stream()
            .map(message -> HeldRows.remedy(group.state(), group.code(), message));
  }

  private static String remedy(DeadLetterBook.Group group) {
    return HeldRows.remedy(group.state(), group.code(), group.message());
  }

  private record Row(
      String table,
      ExceptionRow.State state,
      String externalId,
      String code,
      String message,
      long chunk,
      String job,
      List<String> data) {
    static Row of(ExceptionRow row) {
      return new Row(
          row.table(),
          row.state(),
          row.externalId(),
          row.code(),
          row.message(),
          row.chunk(),
          row.job(),
          row.data());
    }
  }
}
