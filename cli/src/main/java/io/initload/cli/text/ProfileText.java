package io.initload.cli.text;

import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import java.util.ArrayList;
import java.util.List;

/** What was seen of the rows, for people: what is wrong with some, then sums table by table. */
public final class ProfileText {
  private ProfileText() {}

  public static String of(DataProfile profile) {
    List<String> lines = new ArrayList<>();
    lines.add("The rows at " + profile.snapshot());
    lines.add("");
    for (TableProfile table : profile.tables()) {
      table.findings().forEach(finding -> add(lines, finding));
      table.unseen().forEach(one -> lines.add("not seen: " + table.table() + " " + one));
    }
    for (String table : profile.leftOut()) {
      lines.add("not looked at: " + table + ", whose mapping has errors");
    }
    lines.add("");
    lines.add(table(profile).stripTrailing());
    lines.add("");
    lines.add(
        "%s%s rows will need a person."
            .formatted(
                profile.sampled() ? "By samples, about " : "", TextTable.number(profile.lost())));
    return String.join(System.lineSeparator(), lines);
  }

  private static void add(List<String> lines, DataFinding finding) {
    lines.add(
        "%s %s %s: %s"
            .formatted(finding.severity(), finding.code(), finding.where(), finding.message()));
    if (!finding.examples().isEmpty()) {
      lines.add("  keys: " + String.join(", ", finding.examples()));
    }
    lines.add("  next: " + finding.remedy());
  }

  private static String table(DataProfile profile) {
    TextTable table =
        new TextTable("table", "rows", "of", "quarantined", "dead letters", "passes", "looked at");
    for (TableProfile one : profile.tables()) {
      table.row(
          one.table(),
          TextTable.number(one.rows()),
          TextTable.number(one.of()),
          TextTable.number(one.quarantined()),
          TextTable.number(one.deadLetters()),
          TextTable.number(one.passes()),
          one.sampled() ? "a sample" : "all rows");
    }
    return table.toString();
  }
}
