package io.initload.cli.deadletters;

import io.initload.Failure;
import io.initload.cli.command.RunCommand;
import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.library.OpenMigration;
import io.initload.pipeline.LeftRow;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Replay;
import io.initload.pipeline.RunOutcome;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.NotBegun;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = {
      "Loads refused rows again: as they are, as the source has them now, or as corrected files of"
          + " dead-letters export say.",
      "Example: initload dead-letters replay -c migration.yaml --from dead-letters/CUSTOMERS.csv"
    })
public final class DeadLettersReplayCommand extends TriedCommand {
  @Mixin private DeadLetterOptions options = new DeadLetterOptions();

  @Option(
      names = "--from",
      paramLabel = "FILE.csv",
      description = "A corrected file; may be repeated. Rows that are not in it stay dead letters.")
  private List<Path> files = List.of();

  @Option(
      names = "--from-source",
      description =
          "Read the rows again from the source, where they were corrected; quarantined ones too.")
  private boolean fromSource;

  @Option(
      names = "--when-exhausted",
      paramLabel = "wait|stop",
      description = "When a daily allowance is used up: wait (default), or stop with exit code 76.")
  private WhenExhausted whenExhausted = WhenExhausted.WAIT;

  public DeadLettersReplayCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    var filter = options.filter(config);
    if (fromSource && !files.isEmpty()) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "USAGE",
          "--from and --from-source exclude each other: a row is corrected in one place.",
          "Give one of them.");
    }
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      NotBegun.require(migration.bench().ledger(), config.name());
      List<Prepared> tables =
          Preparation.of(
                  config,
                  migration.bench().source(),
                  migration.bench().org(),
                  files.isEmpty() ? options.tables(config) : Set.of())
              .requireTables();
      Replay replay =
          new Replay(migration.bench(), tables, System.getProperty("user.name", "unknown"));
      Replay.Revived revived = revived(replay, filter);
      if (!revived.left().isEmpty()) {
        console.event(LeftRow.sentence(revived.left()));
      }
      if (revived.tables().isEmpty()) {
        console.line(
            fromSource
                ? "There is no row that the source shows corrected."
                : "There is no refused row to try again; quarantined ones need a correction.");
        console.document(Map.of("rows", 0));
        next(
            console,
            fromSource ? "dead-letters list" : "dead-letters export",
            fromSource ? "" : " -o dead-letters");
        return ExitCode.DONE.code();
      }
      console.progress(
          revived.rows() > 0
              ? "%,d rows are tried again".formatted(revived.rows())
              : "rows of an earlier replay are still on their way");
      RunOutcome outcome =
          RunCommand.run(
              migration, new RunOptions(revived.tables(), Set.of(), whenExhausted), console);
      int code = RunCommand.report(outcome, console);
      RunCommand.next(outcome).ifPresent(command -> next(console, command, ""));
      return code;
    }
  }

  private Replay.Revived revived(Replay replay, DeadLetterFilter filter)
      throws InterruptedException {
    if (fromSource) {
      return replay.fromSource(filter);
    }
    return files.isEmpty() ? replay.unchanged(filter) : replay.corrected(files);
  }
}
