package io.initload.cli.command;

import io.initload.Failure;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.TraceText;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Tracing;
import io.initload.pipeline.prove.RowTrace;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "trace",
    description = {
      "Follows one row by its external id: source, chunk, job, dead letter or record, field by"
          + " field; reads only, and shows data of that row.",
      "Example: initload trace 42 --table CUSTOMERS -c migration.yaml"
    })
public final class TraceCommand extends TriedCommand {
  @Parameters(paramLabel = "KEY", description = "The external id, as the org has it.")
  private String key = "";

  @Mixin private ChosenTables chosen = new ChosenTables();

  public TraceCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    List<RowTrace> traces;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      Preparation preparation =
          Preparation.of(
              config, migration.bench().source(), migration.bench().org(), chosen.names(config));
      traces = Tracing.of(migration.bench(), preparation.require(), key);
    }
    console.document(traces);
    if (traces.isEmpty()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "TRACE_UNKNOWN",
          "Neither source, ledger nor org knows a row of the external id %s in %s."
              .formatted(key, tables(config)),
          "Give the external id as the org has it, with the separators of its columns.");
    }
    traces.forEach(trace -> TraceText.show(trace, console));
    boolean held =
        traces.stream()
            .flatMap(t -> t.exceptions().stream())
            .anyMatch(e -> !e.row().code().isEmpty());
    next(console, held ? "dead-letters list" : "status", "");
    return ExitCode.DONE.code();
  }

  private String tables(MigrationConfig config) {
    return chosen.names(config).isEmpty()
        ? "any table of the migration"
        : String.join(", ", chosen.names(config));
  }
}
