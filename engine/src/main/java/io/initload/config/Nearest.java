package io.initload.config;

import java.util.Locale;
import java.util.Optional;

/** The word that somebody who mistyped another most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the fewest single-letter edits from {@code word}, letter case ignored; empty
   * when none is near enough to be a slip (a third of the word, at least two edits).
   */
  public static Optional<String> to(String word, Iterable<String> candidates) {
    String wanted = word.toLowerCase(Locale.ROOT);
    int limit = Math.max(2, wanted.length() / 3);
    Optional<String> best = Optional.empty();
    for (String candidate : candidates) {
      int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
      if (distance < wanted.length() && distance <= limit && !candidate.equals(word)) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /** {@code "; did you mean X?"}, or nothing. */
  public static String hint(String word, Iterable<String> candidates) {
    return to(word, candidates).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
