package io.initload.cli.text;

import io.initload.Times;
import io.initload.pipeline.prove.undo.UndoCertificate;
import java.util.Locale;
import java.util.OptionalLong;

/** The certificate of a deletion for a terminal. */
public final class UndoText {
  private UndoText() {}

  /** What was deleted, what was refused, and what remains. */
  public static String of(UndoCertificate certificate, Times times) {
    StringBuilder text = new StringBuilder("Certificate of a deletion\n");
    text.append("  migration   ").append(certificate.migration()).append('\n');
    text.append("  org         %s (%s)%n".formatted(certificate.instance(), certificate.orgId()));
    text.append("  made        ").append(times.text(certificate.madeAt())).append("\n\n");
    text.append(tables(certificate));
    certificate
        .findings()
        .forEach(finding -> text.append("FINDING: ").append(finding).append('\n'));
    certificate.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    text.append('\n');
    return text.append(
            certificate.complete()
                ? "The deletion is complete: what the migration created is gone, but for what the"
                    + " org refused to delete.\n"
                : "The deletion is NOT complete.\n")
        .toString();
  }

  private static String tables(UndoCertificate certificate) {
    TextTable table =
        new TextTable(
            "table", "object", "created", "listed", "deleted", "refused", "left", "remain",
            "updated");
    certificate
        .tables()
        .forEach(
            t ->
                table.row(
                    t.source(),
                    t.object(),
                    TextTable.number(t.created()),
                    TextTable.number(t.listed()),
                    TextTable.number(t.deleted()),
                    TextTable.number(t.refused()),
                    TextTable.number(t.left()),
                    known(t.remaining().records()),
                    TextTable.number(t.updated())));
    return table + "\n";
  }

  private static String known(OptionalLong number) {
    return number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsLong()) : "unknown";
  }
}
