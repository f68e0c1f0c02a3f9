package io.initload.cli.text;

import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.prove.Certificate.Agreement;
import io.initload.pipeline.prove.Certificate.ChangedRecord;
import io.initload.pipeline.prove.Certificate.Control;
import io.initload.pipeline.prove.Certificate.ControlLine;
import io.initload.pipeline.prove.Certificate.Totals;
import java.util.List;
import java.util.Locale;

/** What a certificate rests on beside its equations, for a terminal. */
final class ProofText {
  /** Of a list, for eyes; the report and the document have more. */
  private static final int SHOWN = 10;

  private ProofText() {}

  /** What follows from the samples, by table. */
  static List<String> samples(Certificate certificate) {
    return certificate.tables().stream()
        .filter(t -> !t.sample().statement().isEmpty())
        .map(t -> "sample: %s: %s".formatted(t.source(), t.sample().statement()))
        .toList();
  }

  /** What comparing every field came to, by object. */
  static List<String> whole(Certificate certificate) {
    return certificate.whole().stream()
        .map(
            w ->
                "every field: %s (%s): %s"
                    .formatted(w.object(), String.join(", ", w.tables()), w.sentence()))
        .toList();
  }

  /** Records that were changed since they were written. */
  static String changed(Certificate certificate) {
    TextTable table = new TextTable("object", "external id", "changed at", "by", "differs in");
    boolean any = false;
    for (Certificate.OrgObject object : certificate.objects()) {
      for (ChangedRecord one : object.changed().first().stream().limit(SHOWN).toList()) {
        any = true;
        table.row(
            object.object(), one.externalId(), one.at(), one.by(), String.join(", ", one.fields()));
      }
    }
    return any ? table.toString() : "";
  }

  /** Sums of both sides. */
  static String controls(Certificate certificate) {
    TextTable table = new TextTable("control", "group", "of", "source", "refused", "org", "equal");
    certificate.controls().forEach(control -> control(control, table));
    return certificate.controls().isEmpty() ? "" : table.toString();
  }

  private static void control(Control control, TextTable table) {
    String name = control.table() + " " + control.name();
    for (ControlLine line : control.lines().stream().limit(SHOWN).toList()) {
      String group = String.join(", ", line.group());
      boolean first = true;
      for (String of : List.of("rows", "values", "sum", "min", "max")) {
        String source = of(of, line.source());
        if (!source.isEmpty() || !of(of, line.org()).isEmpty()) {
          table.row(
              first ? name : "",
              first ? group : "",
              of,
              source,
              of(of, line.refused()),
              of(of, line.org()),
              first ? (line.equal() ? "yes" : "NO") : "");
          first = false;
        }
      }
    }
    if (control.agreement() != Agreement.EQUAL || control.lines().isEmpty()) {
      table.row(name, lower(control.agreement()) + ": " + control.why(), "", "", "", "", "");
    }
  }

  private static String of(String which, Totals totals) {
    return switch (which) {
      case "rows" -> TextTable.number(totals.rows());
      case "values" -> totals.values() == totals.rows() ? "" : TextTable.number(totals.values());
      case "sum" -> totals.sum();
      case "min" -> totals.min();
      default -> totals.max();
    };
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
