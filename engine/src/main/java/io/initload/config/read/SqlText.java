package io.initload.config.read;

import java.util.Locale;
import java.util.Set;

/**
 * A piece of SQL that a configuration gives, to be put into statements of ours: an expression over
 * the columns of its table, or a query in the place of a table. It must have the same value
 * whenever it is evaluated: rows are counted by one statement and read by another.
 */
final class SqlText {
  private static final int CHARACTERS_MAX = 4_000;

  private static final int QUERY_CHARACTERS_MAX = 32_000;

  /** Words by which an expression would read other rows. */
  private static final Set<String> OTHER_ROWS = Set.of("SELECT", "OVER");

  /** What a lock follows the word FOR with. */
  private static final Set<String> LOCKS = Set.of("UPDATE", "SHARE", "NO", "KEY");

  /** Words by which it would have another value the next time. */
  private static final Set<String> UNSTEADY =
      Set.of(
          "ROWNUM",
          "SYSDATE",
          "SYSTIMESTAMP",
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "LOCALTIME",
          "LOCALTIMESTAMP",
          "CLOCK_TIMESTAMP",
          "STATEMENT_TIMESTAMP",
          "TRANSACTION_TIMESTAMP",
          "TIMEOFDAY",
          "NOW",
          "RAND",
          "RANDOM",
          "RANDOM_UUID",
          "GEN_RANDOM_UUID",
          "SYS_GUID",
          "DBMS_RANDOM",
          "NEXTVAL",
          "CURRVAL");

  private final String text;
  private final boolean query;
  private final StringBuilder line = new StringBuilder();
  private String before = "";
  private int at;
  private int depth;

  private SqlText(String text, boolean query) {
    this.text = text;
    this.query = query;
  }

  /**
   * The expression on one line, without the blanks around it.
   *
   * @throws IllegalArgumentException with a message that does not contain the text
   */
  static String expression(String text) {
    return new SqlText(bounded(text, CHARACTERS_MAX), false).checked();
  }

  /** As {@link #expression}, of a SELECT. */
  static String query(String text) {
    String stripped = bounded(text, QUERY_CHARACTERS_MAX);
    String first = stripped.split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    if (!first.equals("SELECT") && !first.equals("WITH")) {
      throw new IllegalArgumentException("begins with neither SELECT nor WITH");
    }
    return new SqlText(stripped, true).checked();
  }

  private static String bounded(String text, int characters) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      throw new IllegalArgumentException("is empty");
    }
    if (stripped.length() > characters) {
      throw new IllegalArgumentException("is longer than %,d characters".formatted(characters));
    }
    return stripped;
  }

  private String checked() {
    while (at < text.length()) {
      int from = at;
      char c = text.charAt(at);
      if (c == '\'' || c == '"') {
        quoted(c);
      } else if (Character.isJavaIdentifierStart(c)) {
        word();
      } else {
        sign(c);
        at++;
      }
      line.append(c == '\n' || c == '\r' ? " " : text.substring(from, at));
    }
    if (depth != 0) {
      throw new IllegalArgumentException("has a bracket that is not closed");
    }
    return line.toString();
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
    if (UNSTEADY.contains(word) || (!query && OTHER_ROWS.contains(word))) {
      throw new IllegalArgumentException(
          "holds %s: %s must answer the same each time"
              .formatted(word, query ? "it" : "only the row's own columns can be asked, and"));
    }
    if (before.equals("FOR") && LOCKS.contains(word)) {
      throw new IllegalArgumentException("locks rows by FOR " + word + ": they are only read");
    }
    before = word;
  }

  private void sign(char c) {
    boolean doubled = at + 1 < text.length() && text.charAt(at + 1) == c;
    boolean comment = c == '/' && at + 1 < text.length() && text.charAt(at + 1) == '*';
    if (c == ';' || (c == '-' && doubled) || comment) {
      throw new IllegalArgumentException(
          "is more than one %s: no ; and no comments".formatted(query ? "query" : "expression"));
    }
    if (c == '@' && at > 0 && at + 1 < text.length() && linked(at - 1) && linked(at + 1)) {
      throw new IllegalArgumentException(
          "reads another database by a link, where neither snapshots nor rights reach");
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

  /** Whether a name stands there, as on both sides of the sign of a link; operators have it too. */
  private boolean linked(int place) {
    char c = text.charAt(place);
    return Character.isJavaIdentifierPart(c) || c == '"';
  }

  /** PostgreSQL's {@code ::} casts. */
  private boolean bind() {
    return !text.startsWith("::", at) && !(at > 0 && text.charAt(at - 1) == ':');
  }
}
