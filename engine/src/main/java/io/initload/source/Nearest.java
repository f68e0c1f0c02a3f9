package io.initload.source;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name a mistyped one may have meant. */
final class Nearest {
  private Nearest() {}

  /** The nearest known name, when it is near at all; letter case counts least. */
  static Optional<String> of(String name, Collection<String> known) {
    String wanted = name.toUpperCase(Locale.ROOT);
    return known.stream()
        .min(Comparator.comparingInt(k -> distance(wanted, k.toUpperCase(Locale.ROOT))))
        .filter(
            k -> distance(wanted, k.toUpperCase(Locale.ROOT)) <= Math.max(2, name.length() / 3));
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(row[j - 1], above) + 1);
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
