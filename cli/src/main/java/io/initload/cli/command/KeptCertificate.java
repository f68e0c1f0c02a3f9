package io.initload.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.cli.shell.ReportFile;
import io.initload.cli.shell.Seal;
import io.initload.cli.text.Console;
import io.initload.config.ReconcileConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a certificate goes, as a page and as a document. */
final class KeptCertificate {
  /** Both, for a command that is named to people. */
  static final String BOTH = " -o report.html --certificate certificate.json";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE.html",
      description = "Where the page goes.")
  private @Nullable Path page;

  @Option(
      names = "--certificate",
      paramLabel = "FILE.json",
      description = {
        "Where the certificate goes as a document that report --verify takes; with"
            + " reconcile.signingKeyFile a signature goes into FILE.json.sig."
      })
  private @Nullable Path document;

  /** Where the document goes; empty where none was asked for. */
  Optional<Path> file() {
    return Optional.ofNullable(document);
  }

  /** Whether a page was asked for. */
  boolean asPage() {
    return page != null;
  }

  /** Whether anything was asked for. */
  boolean asked() {
    return page != null || document != null;
  }

  /** The key that signs documents; read before anything else is done, since it may be wrong. */
  Optional<Seal> seal(ReconcileConfig config) {
    return document == null ? Optional.empty() : config.signingKeyFile().map(Seal::of);
  }

  /** Writes what was asked for, and says where it is. */
  void write(ObjectNode certificate, Supplier<String> html, Optional<Seal> seal, Console console) {
    if (document != null) {
      Path file = document;
      ReportFile.write(Console.text(certificate), file);
      console.line("The certificate is in %s", file.toAbsolutePath());
      seal.ifPresent(
          key ->
              console.line("Its signature is in %s", key.sign(certificate, file).toAbsolutePath()));
    }
    if (page != null) {
      ReportFile.write(html.get(), page);
      console.line("The report is in %s", page.toAbsolutePath());
    }
  }
}
