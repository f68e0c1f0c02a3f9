package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.mapping.Finding;
import io.initload.pipeline.Examination;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
    name = "validate",
    description = {
      "Checks configuration, connections, privileges and the mapping against the org; loads"
          + " nothing.",
      "Example: initload validate -c migration.yaml"
    })
public final class ValidateCommand extends TryingCommand {
  public ValidateCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    List<Finding> findings;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      findings =
          Examination.findings(
              Examination.needed(config, migration.bench().source(), migration.bench().org()));
    }
    long errors = findings.stream().filter(f -> f.severity() == Finding.Severity.ERROR).count();
    findings.forEach(console::finding);
    console.line(
        errors == 0
            ? "%d tables are ready to be migrated (%d warnings)."
                .formatted(config.tables().size(), findings.size())
            : "%d errors, %d warnings.".formatted(errors, findings.size() - errors));
    console.document(Map.of("valid", errors == 0, "findings", findings));
    return errors == 0 ? ExitCode.DONE.code() : ExitCode.USAGE.code();
  }
}
