package io.initload.report;

import io.initload.Times;
import io.initload.evidence.Assumption.Side;
import io.initload.evidence.CheckResult.Verdict;
import io.initload.evidence.CheckedAssumption;
import io.initload.evidence.Examined;
import java.util.List;
import java.util.Map;

/** What was looked at as one self-contained HTML page: no script, nothing to load. */
public final class ExaminationPage {
  private ExaminationPage() {}

  /** The page; every value is escaped. */
  public static String html(Examined examined, Times times) {
    return HtmlPage.of("doctor.html", String::valueOf, new Page(examined, times));
  }

  /** What the template sees. */
  private record Page(Examined examined, Times times) {
    @SuppressWarnings("unused") // named in the template
    String at() {
      return times.page(examined.at());
    }

    @SuppressWarnings("unused") // named in the template
    Map<String, Long> count() {
      return Map.of(
          "holds", examined.count(Verdict.HOLDS),
          "fails", examined.count(Verdict.FAILS),
          "unknown", examined.count(Verdict.UNKNOWN),
          "leftOut", examined.count(Verdict.LEFT_OUT));
    }

    @SuppressWarnings("unused") // named in the template
    List<Group> groups() {
      return List.of(
          Group.of("What does not hold, or could not be seen", examined, o -> open(o)),
          Group.of("The source", examined, o -> !open(o) && of(o, Side.SOURCE)),
          Group.of("The org", examined, o -> !open(o) && of(o, Side.ORG)));
    }

    private static boolean open(CheckedAssumption seen) {
      return seen.sight().verdict().counts();
    }

    private static boolean of(CheckedAssumption seen, Side side) {
      return seen.assumption().side() == side;
    }

    @SuppressWarnings("unused") // named in the template
    boolean anySwitches() {
      return !examined.switches().isEmpty();
    }
  }

  /** Rows under one heading. */
  private record Group(String heading, List<Row> rows) {
    private static Group of(
        String heading, Examined examined, java.util.function.Predicate<CheckedAssumption> which) {
      return new Group(heading, examined.observed().stream().filter(which).map(Row::of).toList());
    }

    @SuppressWarnings("unused") // named in the template
    boolean any() {
      return !rows.isEmpty();
    }
  }

  /** One row, as the template sees it. */
  private record Row(
      String name,
      String where,
      String believed,
      String source,
      String seen,
      String remedy,
      String verdict,
      String style) {
    private static Row of(CheckedAssumption observed) {
      Verdict verdict = observed.sight().verdict();
      return new Row(
          observed.assumption().name(),
          observed.where(),
          observed.assumption().text(),
          observed.assumption().source(),
          observed.sight().seen(),
          observed.sight().remedy(),
          verdict.words(),
          verdict == Verdict.HOLDS ? "yes" : verdict.counts() ? "no" : "soft");
    }
  }
}
