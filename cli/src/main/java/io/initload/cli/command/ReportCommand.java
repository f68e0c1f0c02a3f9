package io.initload.cli.command;

import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.OpenMigration;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.pipeline.prove.Certificate;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Reconciles and writes the certificate with the run report as one self-contained HTML page.",
      "Example: initload report -c migration.yaml -o report.html"
    })
public final class ReportCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where the page goes.")
  private @Nullable Path output;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ReportCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Certificate certificate;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      certificate =
          ReconcileCommand.certify(
              migration, config.reconcile().level(), config.reconcile().sample(), chosen);
    }
    if (output != null) {
      ReportFile.write(certificate, output);
      console.line("The report is in %s", output.toAbsolutePath());
    } else {
      console.block(CertificateText.of(certificate));
    }
    console.document(certificate);
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }
}
