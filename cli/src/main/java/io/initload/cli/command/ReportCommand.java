package io.initload.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.cli.shell.CertificateFile;
import io.initload.cli.shell.ExitCode;
import io.initload.cli.shell.Seal;
import io.initload.cli.shell.Termination;
import io.initload.cli.shell.Wiring;
import io.initload.cli.text.CertificateText;
import io.initload.cli.text.Console;
import io.initload.cli.text.UndoText;
import io.initload.config.MigrationConfig;
import io.initload.config.ReconcileConfig.Level;
import io.initload.config.SampleSize;
import io.initload.library.OpenMigration;
import io.initload.pipeline.UndoRun;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.report.CertificateJson;
import io.initload.report.ReportPage;
import io.initload.report.RunHistory;
import io.initload.report.UndoPage;
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
      names = "--verify",
      paramLabel = "FILE.json",
      description = {
        "Hold a certificate that --certificate or --json wrote against what source, org"
            + " and ledger say now, and print what changed; exit code 6 when something did."
            + " That of a deletion is known by itself."
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

  @Option(
      names = "--undo",
      description = "The certificate of the deletion by undo: org and ledger are asked alone.")
  private boolean undo;

  @Mixin private ChosenTables chosen = new ChosenTables();

  @Mixin private KeptCertificate kept = new KeptCertificate();

  public ReportCommand(Wiring wiring) {
    super(wiring);
  }

  @Override
  protected int run(MigrationConfig config, Console console, Termination termination)
      throws InterruptedException {
    Optional<JsonNode> signed = Optional.ofNullable(verify).map(CertificateFile::read);
    Optional<Seal> seal = kept.seal(config.reconcile());
    return undo || signed.filter(CertificateJson::ofUndo).isPresent()
        ? deletion(config, signed, seal, console, termination)
        : load(config, signed, seal, console, termination);
  }

  private int load(
      MigrationConfig config,
      Optional<JsonNode> signed,
      Optional<Seal> seal,
      Console console,
      Termination termination)
      throws InterruptedException {
    Level level = signed.flatMap(CertificateFile::level).orElse(config.reconcile().level());
    SampleSize size = sample == null ? config.reconcile().sample() : sample;
    Certificate certificate;
    RunHistory history;
    try (OpenMigration migration = OpenMigration.open(config, termination.stop())) {
      certificate = ReconcileCommand.certify(migration, level, size, chosen);
      history = RunHistory.of(migration.bench().ledger());
    }
    ObjectNode document = CertificateJson.of(certificate);
    if (signed.isPresent()) {
      return verified(signed.get(), document, console);
    }
    kept.write(
        document, () -> ReportPage.html(certificate, history, console.times()), seal, console);
    if (!kept.asPage()) {
      console.block(CertificateText.of(certificate, console.times()));
    }
    console.document(document);
    next(console, "");
    return certificate.booksClosed() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }

  private int verified(JsonNode then, JsonNode now, Console console) {
    int code = Verification.of(then, now).say(console);
    if (code != ExitCode.DONE.code()) {
      next(console, CertificateJson.ofUndo(now) ? "report --undo" : "reconcile", chosen.toString());
    }
    return code;
  }

  /** To keep it, or to hold what is kept against how things stand. */
  private void next(Console console, String kind) {
    next(
        console,
        "report",
        chosen
            + kept.file()
                .map(file -> " --verify " + word(file.toString()))
                .orElse(kind + KeptCertificate.BOTH));
  }

  private int deletion(
      MigrationConfig config,
      Optional<JsonNode> signed,
      Optional<Seal> seal,
      Console console,
      Termination termination)
      throws InterruptedException {
    RunOptions options = chosen.options(config, WhenExhausted.WAIT);
    UndoCertificate certificate;
    try (OpenMigration migration = OpenMigration.withoutSource(config, termination.stop())) {
      certificate = UndoRun.certify(migration.bench(), options);
    }
    ObjectNode document = CertificateJson.of(certificate);
    if (signed.isPresent()) {
      return verified(signed.get(), document, console);
    }
    kept.write(document, () -> UndoPage.html(certificate, console.times()), seal, console);
    if (!kept.asPage()) {
      console.block(UndoText.of(certificate, console.times()));
    }
    console.document(document);
    next(console, " --undo");
    return certificate.complete() ? ExitCode.DONE.code() : ExitCode.MISMATCH.code();
  }
}
