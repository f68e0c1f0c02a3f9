package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.OpenMigration;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig.Level;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Reconciliation;
import io.initload.pipeline.prove.Certificate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "reconcile",
    description = {
      "Compares source and org and prints the certificate; exit code 6 when the books do not"
          + " close.",
      "Example: initload reconcile -c migration.yaml --level sample"
    })
public final class ReconcileCommand extends MigrationCommand {
  @Option(
      names = "--level",
      paramLabel = "count|sample",
      description = "How deep to compare; default: reconcile.level of the configuration.")
  private @Nullable Level level;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ReconcileCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Certificate certificate;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      certificate = certify(migration, level == null ? config.reconcile().level() : level, chosen);
    }
    console.block(CertificateText.of(certificate));
    console.document(certificate);
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }

  /** Of all tables. */
  public static Certificate certify(OpenMigration migration, Level level)
      throws InterruptedException {
    return certify(migration, level, new ChosenTables());
  }

  static Certificate certify(OpenMigration migration, Level level, ChosenTables chosen)
      throws InterruptedException {
    MigrationConfig config = migration.bench().config();
    Preparation preparation =
        Preparation.of(
            config, migration.bench().source(), migration.bench().org(), chosen.names(config));
    return new Reconciliation(migration.bench(), level).certify(preparation.require());
  }
}
