package io.initload.report;

import io.initload.Times;
import io.initload.ledger.CorrectionBook.HandRow;
import io.initload.pipeline.prove.Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The certificate and run report as one self-contained HTML page: no script, nothing to load. */
public final class ReportPage {
  /** As many bars as a reader compares; the table has all. */
  private static final int CODES = 12;

  private ReportPage() {}

  /** The page, in the user's zone; every value is escaped. */
  public static String html(Certificate certificate) {
    return html(certificate, RunHistory.NONE, Times.ofUser());
  }

  /**
   * As {@link #html(Certificate)}, with how the migration went, and what was told of the rows
   * beside what became of them.
   *
   * @param times how moments are shown
   */
  public static String html(Certificate certificate, RunHistory history, Times times) {
    Optional<Told> told = history.told().map(of -> new Told(of, certificate, times));
    return HtmlPage.of(
        "report.html", ReportPage::text, new Page(certificate, told, history, times));
  }

  private static String text(Object value) {
    if (value instanceof OptionalLong known) {
      return known.isPresent() ? text(known.getAsLong()) : "unknown";
    }
    return value instanceof Long || value instanceof Integer
        ? String.format(Locale.ROOT, "%,d", ((Number) value).longValue())
        : String.valueOf(value);
  }

  /** What the template sees. */
  private record Page(
      Certificate certificate, Optional<Told> told, RunHistory history, Times times) {
    @SuppressWarnings("unused") // named in the template
    boolean anyHistory() {
      return history.any();
    }

    /** Elements, not escaped again. */
    @SuppressWarnings("unused") // named in the template
    Map<String, String> charts() {
      return Map.of(
          "speed", history.speed(),
          "inFlight", history.inFlight(),
          "records", history.records(),
          "batches", history.batches());
    }

    /** The most frequent codes of rows that need a person; an element, not escaped again. */
    @SuppressWarnings("unused") // named in the template
    String codes() {
      Map<String, Long> rows = new TreeMap<>();
      certificate
          .tables()
          .forEach(t -> t.deadLetters().forEach(d -> rows.merge(d.code(), d.rows(), Long::sum)));
      return Chart.bars(
          "Rows that need a person, by code",
          rows.entrySet().stream()
              .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
              .limit(CODES)
              .map(e -> new Chart.Share(e.getKey(), Chart.Style.BAD, e.getValue()))
              .toList());
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyTold() {
      return told.isPresent();
    }

    @SuppressWarnings("unused") // named in the template
    Told rowsTold() {
      return told.orElseThrow();
    }

    @SuppressWarnings("unused") // named in the template
    Map<String, Object> made() {
      return Map.of(
          "at", times.page(certificate.madeAt()),
          "startedAt", times.page(certificate.startedAt()),
          "endedAt", certificate.endedAt().map(times::page).orElse("not yet"),
          "level", certificate.level().name().toLowerCase(Locale.ROOT),
          "snapshot", certificate.snapshot().toString());
    }

    @SuppressWarnings("unused") // named in the template
    Map<String, Object> sums() {
      List<Certificate.Table> tables = certificate.tables();
      return Map.of(
          "snapshotRows", tables.stream().mapToLong(Certificate.Table::snapshotRows).sum(),
          "loaded", tables.stream().mapToLong(t -> t.created() + t.updated()).sum(),
          "created", tables.stream().mapToLong(Certificate.Table::created).sum(),
          "updated", tables.stream().mapToLong(Certificate.Table::updated).sum(),
          "deadLettered", tables.stream().mapToLong(Certificate.Table::deadLettered).sum(),
          "quarantined", tables.stream().mapToLong(Certificate.Table::quarantined).sum(),
          "compared", tables.stream().mapToLong(t -> t.sample().fields()).sum(),
          "differences", tables.stream().mapToLong(t -> t.sample().differences()).sum());
    }

    /** What became of all rows; an element, not escaped again. */
    @SuppressWarnings("unused") // named in the template
    String shares() {
      List<Certificate.Table> tables = certificate.tables();
      return Chart.shares(
          "What became of the rows",
          List.of(
              new Chart.Share(
                  "created",
                  Chart.Style.GOOD,
                  tables.stream().mapToLong(Certificate.Table::created).sum()),
              new Chart.Share(
                  "updated",
                  Chart.Style.MORE,
                  tables.stream().mapToLong(Certificate.Table::updated).sum()),
              new Chart.Share(
                  "refused",
                  Chart.Style.BAD,
                  tables.stream().mapToLong(Certificate.Table::deadLettered).sum()),
              new Chart.Share(
                  "quarantined",
                  Chart.Style.HELD,
                  tables.stream().mapToLong(Certificate.Table::quarantined).sum())));
    }

    @SuppressWarnings("unused") // named in the template
    List<Certificate.Table> refused() {
      return certificate.tables().stream().filter(t -> !t.deadLetters().isEmpty()).toList();
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyRefused() {
      return !refused().isEmpty();
    }

    @SuppressWarnings("unused") // named in the template
    List<Certificate.Table> altering() {
      return certificate.tables().stream().filter(t -> !t.altered().isEmpty()).toList();
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyAltered() {
      return !altering().isEmpty();
    }

    @SuppressWarnings("unused") // named in the template
    List<Corrected> corrected() {
      return certificate.tables().stream()
          .flatMap(t -> t.corrected().first().stream().map(row -> Corrected.of(t.source(), row)))
          .toList();
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyCorrected() {
      return correctedRows() > 0;
    }

    @SuppressWarnings("unused") // named in the template
    long correctedRows() {
      return certificate.tables().stream().mapToLong(t -> t.corrected().rows()).sum();
    }

    @SuppressWarnings("unused") // named in the template
    Proof proof() {
      return new Proof(certificate);
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyFindings() {
      return !certificate.findings().isEmpty();
    }

    @SuppressWarnings("unused") // named in the template
    boolean anyNotes() {
      return !certificate.notes().isEmpty();
    }
  }

  /** A row that a person corrected, as the template sees it. */
  private record Corrected(
      String table, String key, String by, String at, String file, String read, String loaded) {
    static Corrected of(String table, HandRow row) {
      return new Corrected(
          table,
          row.externalId(),
          known(row.by()),
          known(row.at()),
          known(row.file()),
          known(row.digestRead()),
          known(row.digestLoaded()));
    }

    /** What an older version did not note is not known. */
    private static String known(String noted) {
      return noted.isEmpty() ? "?" : noted;
    }
  }
}
