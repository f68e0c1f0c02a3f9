package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SampleSize;
import io.initload.library.OpenMigration;
import io.initload.pipeline.Preparation;
import io.initload.pipeline.Reconciliation;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.CertificateJson;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "reconcile",
    description = {
      "Compares source and org and prints the certificate; exit code 6 when the books do not"
          + " close.",
      "Example: initload reconcile -c migration.yaml --sample 99%%/0.1%%"
    })
public final class ReconcileCommand extends TriedCommand {
  @Option(
      names = "--level",
      paramLabel = "count|sample|full",
      description = "How deep to compare; default: reconcile.level of the configuration.")
  private @Nullable Level level;

  @Option(
      names = "--sample",
      paramLabel = "ROWS|CONFIDENCE/ERROR",
      converter = SampleText.class,
      description = {
        "Rows of each table to compare field by field, as 5000 or 99%%/0.1%%, as far as they were"
            + " kept; default: reconcile.sample or reconcile.sampleRows of the configuration."
      })
  private @Nullable SampleSize sample;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ReconcileCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Certificate certificate;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      ReconcileConfig asked = config.reconcile();
      certificate =
          certify(
              migration,
              level == null ? asked.level() : level,
              sample == null ? asked.sample() : sample,
              chosen);
    }
    console.block(CertificateText.of(certificate, console.times()));
    console.document(CertificateJson.of(certificate));
    next(console, "report", chosen + KeptCertificate.BOTH);
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }

  /** Of all tables. */
  public static Certificate certify(OpenMigration migration, Level level)
      throws InterruptedException {
    SampleSize sample = migration.bench().config().reconcile().sample();
    return certify(migration, level, sample, new ChosenTables());
  }

  static Certificate certify(
      OpenMigration migration, Level level, SampleSize sample, ChosenTables chosen)
      throws InterruptedException {
    MigrationConfig config = migration.bench().config();
    Preparation preparation =
        Preparation.of(
            config, migration.bench().source(), migration.bench().org(), chosen.names(config));
    return new Reconciliation(migration.bench(), level, sample).certify(preparation.require());
  }

  /** Reads what is asked for on the command line. */
  static final class SampleText implements ITypeConverter<SampleSize> {
    @Override
    public SampleSize convert(String text) {
      try {
        return SampleSize.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("\"" + text + "\" " + e.getMessage());
      }
    }
  }
}
