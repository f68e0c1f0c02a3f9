package io.initload.cli.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.initload.Failure;
import io.initload.config.ReconcileConfig.Level;
import io.initload.report.CertificateJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Certificates as files that somebody kept. */
public final class CertificateFile {
  /** Those of a thousand tables are far below. */
  private static final long BYTES_MAX = 256L << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private CertificateFile() {}

  /**
   * Reads a document.
   *
   * @throws Failure {@code CERTIFICATE_FILE} when it is none, or of another version
   */
  public static JsonNode read(Path file) {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw wrong(file, "has more than %,d bytes".formatted(BYTES_MAX));
      }
      JsonNode document = MAPPER.readTree(Files.readAllBytes(file));
      if (document == null || !CertificateJson.known(document)) {
        throw wrong(file, "is no certificate of the schema %d".formatted(CertificateJson.SCHEMA));
      }
      return document;
    } catch (JsonProcessingException e) {
      throw wrong(file, "is no JSON");
    } catch (IOException e) {
      throw wrong(file, "cannot be read: " + FileTrouble.words(e));
    }
  }

  /** How deep it was made. */
  public static Optional<Level> level(JsonNode document) {
    String level = document.path("level").asText();
    return Stream.of(Level.values()).filter(l -> l.name().equals(level)).findFirst();
  }

  private static Failure wrong(Path file, String what) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "CERTIFICATE_FILE",
        "%s %s.".formatted(file.toAbsolutePath(), what),
        "Give the file that `initload report --certificate` wrote, as it was written, to the"
            + " version that wrote it or a later one.");
  }
}
