package io.initload.config.read;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of SQL that a configuration gives, to be put into statements of ours. It must be one
 * expression over the columns of its table that has the same value whenever it is evaluated: rows
 * are counted by one statement and read by another.
 */
final class SqlText {
  private static final int CHARACTERS_MAX = 4_000;

  /** Words by which an expression would read other rows, or have another value the next time. */
  private static final Set<String> REFUSED =
      Set.of(
          "SELECT",
          "ROWNUM",
          "SYSDATE",
          "SYSTIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "NOW",
          "RANDOM",
          "DBMS_RANDOM");

  private final String text;
  private int at;
  private int depth;

  private SqlText(String text) {
    this.text = text;
  }

  /**
   * The expression, without the blanks around it.
   *
   * @throws IllegalArgumentException with a message that does not contain the text
   */
  static String expression(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    if (stripped.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("is longer than %,d characters".formatted(CHARACTERS_MAX));
    }
    new SqlText(stripped).check();
    return stripped;
  }

  private void check() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else {
        sign(c);
        at++;
      }
    }
    if (depth != 0) {
      throw new IllegalArgumentException("has a bracket that is not closed");
    }
  }

  private void quoted(char quote) {
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw new IllegalArgumentException("has a quote that is not closed");
    }
    at = end + 1;
  }

  private void word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at).toUpperCase(Locale.ROOT);
    boolean literal = at < text.length() && text.charAt(at) == '\'';
    if (literal && (word.equals("Q") || word.equals("NQ") || word.equals("E"))) {
      throw new IllegalArgumentException(
          "has a literal with a prefix: write a quote inside of '...' twice");
    }
    if (word.indexOf('$') >= 0 && word.startsWith("$")) {
      throw new IllegalArgumentException("has a literal in dollars: write it as '...'");
    }
    if (REFUSED.contains(word)) {
      throw new IllegalArgumentException(
          "holds %s: only the row's own columns can be asked, and must answer the same each time"
              .formatted(word));
    }
  }

  private void sign(char c) {
    boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
    boolean comment = c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '*';
    if (c == ';' || (c == '-' && doubled) || comment) {
      throw new IllegalArgumentException("is more than one expression: no ; and no comments");
    }
    if (c == '?' || (c == ':' && bind())) {
      throw new IllegalArgumentException("has a bind variable");
    }
    if (c == '(') {
      depth++;
    } else if (c == ')' && --depth < 0) {
      throw new IllegalArgumentException("closes a bracket that it does not open");
    }
  }

  /** PostgreSQL's {@code ::} casts. */
  private boolean bind() {
    return !text.startsWith("::", at) && !(at > 0 && text.charAt(at - 1) == ':');
  }
}
