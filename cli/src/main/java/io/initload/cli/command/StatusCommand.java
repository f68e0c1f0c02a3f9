package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.cli.text.StatusText;
import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.pipeline.MigrationStatus;
import java.time.Clock;
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
  protected int run(MigrationConfig config, Console console, Termination termination) {
    MigrationStatus status;
    try (Ledger ledger = Ledger.open(config.ledger(), config.name(), Clock.systemUTC())) {
      status = MigrationStatus.of(ledger, config);
    }
    StatusText.show(status, config.target(), console);
    console.document(status);
    return ExitCode.DONE.code();
  }
}
