package io.initload.evidence;

import io.initload.Failure;
import java.util.ArrayList;
import java.util.List;

/**
 * What was seen of an assumption; nothing secret, and of the data no more than its form.
 *
 * @param seen one sentence or two
 * @param remedy what to do about it; empty where there is nothing to do
 */
public record CheckResult(Verdict verdict, String seen, String remedy) {
  /** Whether the assumption holds. */
  public enum Verdict {
    HOLDS("holds"),
    FAILS("does not hold"),
    /** It was looked for, and could not be seen. */
    UNKNOWN("not known"),
    /** Nobody asked, or there is no such thing here; says nothing for or against. */
    LEFT_OUT("not looked at");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }

    /** Whether it forbids to say that all holds. */
    public boolean counts() {
      return this == FAILS || this == UNKNOWN;
    }
  }

  public static CheckResult holds(String seen) {
    return new CheckResult(Verdict.HOLDS, seen, "");
  }

  public static CheckResult fails(String seen, String remedy) {
    return new CheckResult(Verdict.FAILS, seen, remedy);
  }

  public static CheckResult unknown(String seen, String remedy) {
    return new CheckResult(Verdict.UNKNOWN, seen, remedy);
  }

  public static CheckResult leftOut(String seen) {
    return new CheckResult(Verdict.LEFT_OUT, seen, "");
  }

  /** What kept it from being seen. */
  public static CheckResult of(Failure e) {
    return unknown(e.code() + ": " + e.getMessage(), e.remedy());
  }

  /** Several sights of one assumption: the worst verdict, and all that was seen. */
  public static CheckResult together(List<CheckResult> sights) {
    Verdict worst = Verdict.LEFT_OUT;
    List<String> seen = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (CheckResult sight : sights) {
      worst = worse(worst, sight.verdict());
      seen.add(sight.seen());
      if (!sight.remedy().isEmpty() && !remedies.contains(sight.remedy())) {
        remedies.add(sight.remedy());
      }
    }
    return new CheckResult(worst, String.join(" ", seen), String.join(" ", remedies));
  }

  private static Verdict worse(Verdict one, Verdict other) {
    List<Verdict> order = List.of(Verdict.LEFT_OUT, Verdict.HOLDS, Verdict.UNKNOWN, Verdict.FAILS);
    return order.indexOf(one) >= order.indexOf(other) ? one : other;
  }
}
