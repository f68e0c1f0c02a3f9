package io.initload.report;

import com.samskivert.mustache.Mustache;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.pipeline.prove.undo.UndoCertificate.Table;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** The certificate of a deletion as one self-contained HTML page: no script, nothing to load. */
public final class UndoPage {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private UndoPage() {}

  /** The page; every value is escaped. */
  public static String html(UndoCertificate certificate) {
    try (Reader text =
        new InputStreamReader(
            Objects.requireNonNull(UndoPage.class.getResourceAsStream("undo.html"), "undo.html"),
            StandardCharsets.UTF_8)) {
      return Mustache.compiler()
          .escapeHTML(true)
          .withFormatter(UndoPage::text)
          .compile(text)
          .execute(new Page(certificate));
    } catch (IOException e) {
      throw new UncheckedIOException("the page's template cannot be read", e);
    }
  }

  private static String text(Object value) {
    if (value instanceof OptionalLong known) {
      return known.isPresent() ? text(known.getAsLong()) : "unknown";
    }
    return value instanceof Long number
        ? String.format(Locale.ROOT, "%,d", number)
        : String.valueOf(value);
  }

  /** What the template sees. */
  @SuppressWarnings("unused") // named in the template
  private record Page(UndoCertificate certificate) {
    Map<String, String> made() {
      return Map.of(
          "at", TIME.format(certificate.madeAt()),
          "startedAt", TIME.format(certificate.startedAt()),
          "undoneAt", known(certificate.undoneAt()),
          "endedAt", known(certificate.endedAt()));
    }

    private static String known(Optional<Instant> moment) {
      return moment.map(TIME::format).orElse("not yet");
    }

    Map<String, Long> sums() {
      List<Table> tables = certificate.tables();
      return Map.of(
          "created", tables.stream().mapToLong(Table::created).sum(),
          "deleted", tables.stream().mapToLong(Table::deleted).sum(),
          "refused", tables.stream().mapToLong(Table::refused).sum(),
          "left", tables.stream().mapToLong(Table::left).sum(),
          "updated", tables.stream().mapToLong(Table::updated).sum());
    }

    List<Table> refusing() {
      return certificate.tables().stream().filter(t -> !t.refusals().isEmpty()).toList();
    }

    boolean anyRefused() {
      return !refusing().isEmpty();
    }

    List<Table> keeping() {
      return certificate.tables().stream().filter(t -> !t.remaining().first().isEmpty()).toList();
    }

    boolean anyKept() {
      return !keeping().isEmpty();
    }

    boolean anyFindings() {
      return !certificate.findings().isEmpty();
    }

    boolean anyNotes() {
      return !certificate.notes().isEmpty();
    }

    String production() {
      return certificate
          .provenance()
          .production()
          .map(is -> is ? "yes" : "no")
          .orElse("the org does not say");
    }

    boolean built() {
      return !certificate.provenance().build().isEmpty();
    }

    String hosts() {
      return String.join(", ", certificate.provenance().hosts());
    }
  }
}
