package io.initload.cli;

import io.initload.config.MigrationConfig;
import io.initload.pipeline.NotBegun;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Prepared;
import io.initload.pipeline.Replay;
import io.initload.pipeline.RunOptions;
import io.initload.pipeline.RunOptions.WhenExhausted;
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
      "Loads refused rows again: as they are, or as corrected files of dead-letters export say.",
      "Example: initload dead-letters replay -c migration.yaml --from dead-letters/CUSTOMERS.csv"
    })
final class DeadLettersReplayCommand extends MigrationCommand {
  @Mixin private DeadLetterOptions options = new DeadLetterOptions();

  @Option(
      names = "--from",
      paramLabel = "FILE.csv",
      description = "A corrected file; may be repeated. Rows that are not in it stay dead letters.")
  private List<Path> files = List.of();

  DeadLettersReplayCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    var filter = options.filter(config);
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      if (migration.bench().ledger().migrations().begun().isEmpty()) {
        throw NotBegun.failure(config.name());
      }
      List<Prepared> tables =
          Preparation.of(config, migration.bench().source(), migration.bench().org())
              .requireTables();
      Replay replay = new Replay(migration.bench(), tables);
      Replay.Revived revived = files.isEmpty() ? replay.unchanged(filter) : replay.corrected(files);
      if (revived.rows() == 0) {
        console.line("There is no refused row to try again; quarantined ones need a correction.");
        console.document(Map.of("rows", 0));
        return ExitCode.DONE.code();
      }
      console.event("%,d rows are tried again".formatted(revived.rows()));
      return RunCommand.report(
          RunCommand.run(
              migration, new RunOptions(revived.tables(), Set.of(), WhenExhausted.WAIT), console),
          console);
    }
  }
}
