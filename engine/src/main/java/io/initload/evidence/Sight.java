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
public record Sight(Verdict verdict, String seen, String remedy) {
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

  public static Sight holds(String seen) {
    return new Sight(Verdict.HOLDS, seen, "");
  }

  public static Sight fails(String seen, String remedy) {
    return new Sight(Verdict.FAILS, seen, remedy);
  }

  public static Sight unknown(String seen, String remedy) {
    return new Sight(Verdict.UNKNOWN, seen, remedy);
  }

  public static Sight leftOut(String seen) {
    return new Sight(Verdict.LEFT_OUT, seen, "");
  }

  /** What kept it from being seen. */
  public static Sight of(Failure e) {
    return unknown(e.code() + ": " + e.getMessage(), e.remedy());
  }

  /** Several sights of one assumption: the worst verdict, and all that was seen. */
  public static Sight together(List<Sight> sights) {
    Verdict worst = Verdict.LEFT_OUT;
    List<String> seen = new ArrayList<>();
    List<String> remedies = new ArrayList<>();
    for (Sight sight : sights) {
      worst = worse(worst, sight.verdict());
      seen.add(sight.seen());
      if (!sight.remedy().isEmpty() && !remedies.contains(sight.remedy())) {
        remedies.add(sight.remedy());
      }
    }
    return new Sight(worst, String.join(" ", seen), String.join(" ", remedies));
  }

  private static Verdict worse(Verdict one, Verdict other) {
    List<Verdict> order = List.of(Verdict.LEFT_OUT, Verdict.HOLDS, Verdict.UNKNOWN, Verdict.FAILS);
    return order.indexOf(one) >= order.indexOf(other) ? one : other;
  }
}
