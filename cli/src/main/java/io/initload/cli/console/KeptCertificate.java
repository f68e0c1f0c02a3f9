package io.initload.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.Failure;
import io.initload.cli.shell.CertificateFile;
import io.initload.report.CertificateJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The certificate that was written to files, read again each time somebody looks: the ledger alone
 * cannot make one, since it is made from source and org too.
 *
 * @param migration whose it must be
 * @param document what {@code initload report --certificate} wrote
 * @param report what {@code initload report -o} wrote
 */
record KeptCertificate(String migration, Optional<Path> document, Optional<Path> report) {
  private static final long REPORT_BYTES_MAX = 64L << 20;
  private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");

  /**
   * What the page is told.
   *
   * @param kept whether there is a certificate at all
   * @param intact whether it is as it was written, by its own digest
   * @param ours whether it is of this migration
   * @param report whether there is a report to look at
   */
  private record Shown(
      boolean kept, boolean intact, boolean ours, boolean report, Optional<JsonNode> certificate) {}

  Answer shown() {
    boolean page = report.filter(Files::isReadable).isPresent();
    if (document.filter(Files::exists).isEmpty()) {
      return Answer.json(new Shown(false, false, false, page, Optional.empty()));
    }
    try {
      JsonNode read = CertificateFile.read(document.get());
      return Answer.json(
          new Shown(
              true,
              CertificateJson.intact(read),
              read.path("migration").asText().equals(migration),
              page,
              Optional.of(read)));
    } catch (Failure e) {
      return Answer.trouble(e);
    }
  }

  /** The page as it is in the file; only its own style sheet is let through to the browser. */
  Answer page() {
    if (report.filter(Files::isReadable).isEmpty()) {
      return Answer.refused(404, "No report was written yet.");
    }
    try {
      if (Files.size(report.get()) > REPORT_BYTES_MAX) {
        return Answer.refused(404, "The report is too large for a page.");
      }
      String html = Files.readString(report.get());
      return new Answer(
          200, "text/html; charset=utf-8", html, Map.of("Content-Security-Policy", policy(html)));
    } catch (IOException e) {
      return Answer.refused(404, "The report cannot be read.");
    }
  }

  private static String policy(String html) {
    String styles =
        STYLE
            .matcher(html)
            .results()
            .map(style -> "'sha256-" + digest(style.group(1)) + "'")
            .collect(Collectors.joining(" "));
    return "default-src 'none'; style-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
        .formatted(styles.isEmpty() ? "'none'" : styles);
  }

  private static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
