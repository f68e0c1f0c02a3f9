package io.initload.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.shell.CertificateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SampleSize;
import io.initload.library.OpenMigration;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.CertificateJson;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "report",
    description = {
      "Reconciles and writes the certificate with the run report as one self-contained HTML page.",
      "With --verify it holds one that was written before against how things stand now.",
      "Example: initload report -c migration.yaml -o report.html"
    })
public final class ReportCommand extends TriedCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where the page goes.")
  private @Nullable Path output;

  @Option(
      names = "--certificate",
      paramLabel = "FILE.json",
      description = "Where the certificate goes as a document that --verify takes.")
  private @Nullable Path document;

  @Option(
      names = "--verify",
      paramLabel = "FILE.json",
      description = {
        "Hold a certificate that --certificate or --json wrote against what source, org"
            + " and ledger say now, and print what changed; exit code 6 when something did."
      })
  private @Nullable Path verify;

  @Option(
      names = "--sample",
      paramLabel = "ROWS|CONFIDENCE/ERROR",
      converter = ReconcileCommand.SampleText.class,
      description = {
        "As of reconcile. A certificate that was made with one is verified with the same."
      })
  private @Nullable SampleSize sample;

  @Mixin private ChosenTables chosen = new ChosenTables();

  public ReportCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Optional<JsonNode> signed = Optional.ofNullable(verify).map(CertificateFile::read);
    Level level = signed.flatMap(CertificateFile::level).orElse(config.reconcile().level());
    SampleSize size = sample == null ? config.reconcile().sample() : sample;
    Certificate certificate;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      certificate = ReconcileCommand.certify(migration, level, size, chosen);
    }
    if (signed.isPresent()) {
      return Verification.of(signed.get(), CertificateJson.of(certificate)).say(console);
    }
    if (document != null) {
      ReportFile.write(Console.text(CertificateJson.of(certificate)), document);
      console.line("The certificate is in %s", document.toAbsolutePath());
    }
    if (output != null) {
      ReportFile.write(certificate, output);
      console.line("The report is in %s", output.toAbsolutePath());
    } else {
      console.block(CertificateText.of(certificate));
    }
    console.document(CertificateJson.of(certificate));
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }
}
