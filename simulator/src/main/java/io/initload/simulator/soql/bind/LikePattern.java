package io.initload.simulator.soql.bind;

/**
 * The right side of LIKE: {@code %} is any text, {@code _} one character, a backslash takes their
 * meaning away.
 */
final class LikePattern {
  private static final char ANY = '%';
  private static final char ONE = '_';

  private final char[] symbols;
  private final boolean[] wild;
  private final boolean caseSensitive;

  LikePattern(String pattern, boolean caseSensitive) {
    StringBuilder out = new StringBuilder(pattern.length());
    boolean[] isWild = new boolean[pattern.length()];
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean escaped =
          c == '\\'
              && i + 1 < pattern.length()
              && (pattern.charAt(i + 1) == ANY || pattern.charAt(i + 1) == ONE);
      if (escaped) {
        out.append(pattern.charAt(++i));
      } else {
        isWild[out.length()] = c == ANY || c == ONE;
        out.append(c);
      }
    }
    this.symbols = out.toString().toCharArray();
    this.wild = isWild;
    this.caseSensitive = caseSensitive;
  }

  /** The text before the first wildcard: all that match start with it. */
  String start() {
    int end = 0;
    while (end < symbols.length && !wild[end]) {
      end++;
    }
    return new String(symbols, 0, end);
  }

  /** Compares in time linear in both for one {@code %}, and never worse than their product. */
  boolean matches(String text) {
    int at = 0;
    int pattern = 0;
    int resumeAt = -1;
    int resumePattern = -1;
    while (at < text.length()) {
      if (pattern < symbols.length && wild[pattern] && symbols[pattern] == ANY) {
        resumePattern = ++pattern;
        resumeAt = at;
      } else if (pattern < symbols.length
          && (wild[pattern] || same(symbols[pattern], text.charAt(at)))) {
        pattern++;
        at++;
      } else if (resumePattern >= 0) {
        pattern = resumePattern;
        at = ++resumeAt;
      } else {
        return false;
      }
    }
    while (pattern < symbols.length && wild[pattern] && symbols[pattern] == ANY) {
      pattern++;
    }
    return pattern == symbols.length;
  }

  private boolean same(char a, char b) {
    if (a == b || caseSensitive) {
      return a == b;
    }
    return Character.toLowerCase(a) == Character.toLowerCase(b)
        || Character.toUpperCase(a) == Character.toUpperCase(b);
  }
}
