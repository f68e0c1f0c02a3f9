package io.initload.cli.wish;

import io.initload.cli.command.TriedCommand;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.library.OpenMigration;
import io.initload.pipeline.reset.LeavingOut;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "forget",
    description = {
      "Takes a table out of the migration that was begun and is in no file of it any more.",
      "What it wrote stays in the org. The certificate names it, with the reason.",
      "Example: initload forget CUSTOMERS -c migration.yaml --reason \"kept in the old system\""
    })
public final class ForgetCommand extends TriedCommand {
  @Parameters(paramLabel = "TABLE", description = "The table, by the name that it had.")
  private String table = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why: printed on the certificate.")
  private String reason = "";

  public ForgetCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    try (OpenMigration migration = OpenMigration.withoutSource(config, termination.stop())) {
      boolean done = new LeavingOut(migration.bench()).leave(table, reason);
      console.line(
          done ? "%s is no part of the migration any more." : "%s was taken out before.", table);
      console.document(new Forgotten(table, done));
      next(console, "reconcile", "");
      return ExitCode.DONE.code();
    }
  }

  /** What {@code --json} prints: whether it was done now. */
  private record Forgotten(String table, boolean done) {}
}
