package io.initload.cli.text;

import io.initload.evidence.CheckResult.Verdict;
import io.initload.evidence.CheckedAssumption;
import io.initload.evidence.Examined;
import java.util.ArrayList;
import java.util.List;

/** What was looked at, for people: what holds in a line each, the rest with what to do. */
public final class ExaminedText {
  private ExaminedText() {}

  public static String of(Examined examined) {
    List<String> lines = new ArrayList<>();
    lines.add("source  " + examined.source());
    lines.add("org     " + examined.org());
    lines.add("");
    examined.observed().forEach(seen -> add(lines, seen));
    if (!examined.switches().isEmpty()) {
      lines.add("");
      lines.add("A simulated org like this one: " + String.join(" ", switches(examined)));
    }
    lines.add("");
    lines.add(
        "%s: %,d hold, %,d do not, %,d are not known, %,d were not looked at."
            .formatted(
                examined.allHold() ? "All holds" : "Not all holds",
                examined.count(Verdict.HOLDS),
                examined.count(Verdict.FAILS),
                examined.count(Verdict.UNKNOWN),
                examined.count(Verdict.LEFT_OUT)));
    return String.join(System.lineSeparator(), lines);
  }

  private static List<String> switches(Examined examined) {
    return examined.switches().stream().map(one -> "--set " + one).toList();
  }

  private static void add(List<String> lines, CheckedAssumption seen) {
    String where = seen.where().isEmpty() ? "" : " " + seen.where();
    lines.add(
        "%-15s %s%s: %s"
            .formatted(
                seen.sight().verdict().words(),
                seen.assumption().name(),
                where,
                seen.sight().seen()));
    if (seen.sight().verdict().counts()) {
      lines.add("  next: " + seen.sight().remedy());
    }
  }
}
