package io.initload.report;

import io.initload.Times;
import io.initload.pipeline.prove.undo.UndoCertificate;
import io.initload.pipeline.prove.undo.UndoCertificate.Table;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The certificate of a deletion as one self-contained HTML page: no script, nothing to load. */
public final class UndoPage {
  private UndoPage() {}

  /** The page; every value is escaped. */
  public static String html(UndoCertificate certificate, Times times) {
    return HtmlPage.of("undo.html", UndoPage::text, new Page(certificate, times));
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
  private record Page(UndoCertificate certificate, Times times) {
    Map<String, String> made() {
      return Map.of(
          "at", times.page(certificate.madeAt()),
          "startedAt", times.page(certificate.startedAt()),
          "undoneAt", known(certificate.undoneAt()),
          "endedAt", known(certificate.endedAt()));
    }

    private String known(Optional<Instant> moment) {
      return moment.map(times::page).orElse("not yet");
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
