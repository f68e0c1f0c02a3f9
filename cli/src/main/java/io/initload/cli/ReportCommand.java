package io.initload.cli;

import io.initload.Failure;
import io.initload.config.MigrationConfig;
import io.initload.pipeline.Certificate;
import io.initload.report.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Reconciles and writes the certificate with the run report as one self-contained HTML page.",
      "Example: initload report -c migration.yaml -o report.html"
    })
final class ReportCommand extends MigrationCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where the page goes.")
  private @Nullable Path output;

  ReportCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Certificate certificate;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      certificate = ReconcileCommand.certify(migration, config.reconcile().level());
    }
    if (output != null) {
      write(certificate, output);
      console.line("The report is in %s", output.toAbsolutePath());
    } else {
      console.line(CertificateText.of(certificate));
    }
    console.document(certificate);
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }

  static void write(Certificate certificate, Path file) {
    try {
      PrivateFile.write(file, ReportPage.html(certificate));
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "REPORT_FILE",
          "The report cannot be written to %s: %s."
              .formatted(file.toAbsolutePath(), FileTrouble.words(e)),
          "Name a file in a directory that exists and may be written.",
          e);
    }
  }
}
