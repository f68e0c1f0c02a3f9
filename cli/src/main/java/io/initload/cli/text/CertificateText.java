package io.initload.cli.text;

import io.initload.Times;
import io.initload.pipeline.prove.Certificate;
import java.util.Locale;
import java.util.stream.Stream;

/** The certificate for a terminal. */
public final class CertificateText {
  /** Rows corrected by hand that are named, by table: a terminal is read by eye. */
  private static final int CORRECTED_SHOWN = 20;

  /** Of a digest, enough to see that two differ; the report has all. */
  private static final int DIGITS = 12;

  private CertificateText() {}

  public static String of(Certificate certificate, Times times) {
    StringBuilder text = new StringBuilder();
    String trial = certificate.provenance().trial();
    line(text, "Reconciliation certificate%s", trial.isEmpty() ? "" : " of a trial of " + trial);
    line(text, "  migration   %s", certificate.migration());
    line(text, "  org         %s (%s)", certificate.instance(), certificate.orgId());
    line(text, "  snapshot    %s", certificate.snapshot().toString());
    line(
        text,
        "  made        %s, level %s",
        times.text(certificate.madeAt()),
        lower(certificate.level()));
    made(certificate, text);
    line(text, "");
    TextTable table =
        new TextTable(
            "table",
            "object",
            "snapshot",
            "read",
            "quarantined",
            "staged",
            "created",
            "updated",
            "dead",
            "in org",
            "compared",
            "books");
    for (Certificate.Table t : certificate.tables()) {
      table.row(
          t.source(),
          t.object(),
          TextTable.number(t.snapshotRows()),
          TextTable.number(t.readRows()),
          TextTable.number(t.quarantined()),
          TextTable.number(t.stagedRows()),
          TextTable.number(t.created()),
          TextTable.number(t.updated()),
          TextTable.number(t.deadLettered()),
          t.targetRows().isPresent() ? TextTable.number(t.targetRows().getAsLong()) : "unknown",
          TextTable.number(t.sample().fields()),
          t.closed() ? "close" : "DO NOT");
    }
    text.append(table);
    line(
        text,
        "%nspent: %,d records and %,d batches in %,d jobs; %s of the places of those batches were"
            + " empty",
        certificate.quota().records(),
        certificate.quota().batches(),
        certificate.quota().jobs(),
        certificate.quota().filled().percent());
    altered(certificate, text);
    corrected(certificate, times, text);
    block(
        text,
        "%nchanged in the org after it was written, which is no difference:",
        ProofText.changed(certificate));
    block(
        text,
        "%ncontrol totals, source at the snapshot and org now:",
        ProofText.controls(certificate));
    ProofText.samples(certificate).forEach(sentence -> line(text, "%s", sentence));
    ProofText.whole(certificate).forEach(sentence -> line(text, "%s", sentence));
    certificate.findings().forEach(f -> line(text, "finding: %s", f));
    certificate.notes().forEach(n -> line(text, "note: %s", n));
    line(text, "");
    line(
        text,
        certificate.booksClosed()
            ? "The books close: every row %s is accounted for."
                .formatted(trial.isEmpty() ? "of the snapshot" : "that the trial takes")
            : "The books DO NOT balance: see the findings above.");
    return text.toString();
  }

  private static void made(Certificate certificate, StringBuilder text) {
    Certificate.Provenance of = certificate.provenance();
    line(
        text,
        "  users       source %s, org %s (%s)",
        known(of.sourceUser()),
        known(of.orgUserName()),
        of.production().map(is -> is ? "production" : "not production").orElse("kind not told"));
    line(
        text,
        "  by          %s, configuration %s, for %s",
        of.tool(),
        digest(of.configuration()),
        of.by());
    line(text, "  audit log   %s", of.audit().toString());
  }

  private static void block(StringBuilder text, String title, String table) {
    if (!table.isEmpty()) {
      line(text, title);
      text.append(table);
      line(text, "");
    }
  }

  private static void altered(Certificate certificate, StringBuilder text) {
    TextTable table = new TextTable("table", "field", "what was done", "values");
    for (Certificate.Table t : certificate.tables()) {
      for (Certificate.AlteredField a : t.altered()) {
        table.row(t.source(), a.field(), a.code(), TextTable.number(a.rows()));
      }
    }
    if (certificate.tables().stream().anyMatch(t -> !t.altered().isEmpty())) {
      line(
          text,
          "%nloaded other than they were read, as the configuration says; the report names rows:");
      text.append(table);
      line(text, "");
    }
  }

  private static void corrected(Certificate certificate, Times times, StringBuilder text) {
    TextTable table =
        new TextTable("table", "external id", "by", "when", "file", "as read", "as loaded");
    long left = 0;
    for (Certificate.Table t : certificate.tables()) {
      t.corrected().first().stream()
          .limit(CORRECTED_SHOWN)
          .forEach(
              row ->
                  table.row(
                      t.source(),
                      row.externalId(),
                      known(row.by()),
                      times.local(known(row.at())),
                      known(row.file()),
                      digest(row.digestRead()),
                      digest(row.digestLoaded())));
      left += t.corrected().rows() - Math.min(CORRECTED_SHOWN, t.corrected().first().size());
    }
    if (certificate.tables().stream().anyMatch(t -> t.corrected().rows() > 0)) {
      line(text, "%ncorrected by hand, so that they differ from the source:");
      text.append(table);
      line(text, left > 0 ? "and %,d more; the report names them".formatted(left) : "");
    }
  }

  /** What an older version did not note is not known. */
  private static String known(String noted) {
    return noted.isEmpty() ? "?" : noted;
  }

  private static String digest(String digest) {
    return known(digest.substring(0, Math.min(DIGITS, digest.length())));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  @SuppressWarnings("AnnotateFormatMethod") // would cost a dependency
  private static void line(StringBuilder text, String format, Object... arguments) {
    Object[] printable =
        Stream.of(arguments).map(a -> a instanceof String s ? Printable.line(s) : a).toArray();
    text.append(String.format(Locale.ROOT, format, printable)).append(System.lineSeparator());
  }
}
