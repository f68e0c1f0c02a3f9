package io.initload;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The word that somebody who mistyped another most likely meant. */
public final class Nearest {
  /** What the library says of words that are further apart than it was to look. */
  private static final int FAR = -1;

  private Nearest() {}

  /**
   * The candidate with the fewest single-letter edits from {@code word}, letter case ignored; empty
   * when none is near enough to be a slip (a third of the word, at least two edits).
   */
  public static Optional<String> to(String word, Iterable<String> candidates) {
    String wanted = lower(word);
    int limit = Math.min(wanted.length() - 1, Math.max(2, wanted.length() / 3));
    Optional<String> best = Optional.empty();
    for (String candidate : candidates) {
      int distance =
          limit < 0 ? FAR : new LevenshteinDistance(limit).apply(wanted, lower(candidate));
      if (distance != FAR && !candidate.equals(word)) {
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

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }
}
