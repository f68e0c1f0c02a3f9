package io.initload.simulator.soql.parse;

import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;

/**
 * The text of a query, and the messages that point into it (shape of docs/reference/salesforce.md,
 * "REST query and counts").
 */
public record QueryText(String text) {
  private static final int SHOWN_BEFORE_MAX = 60;
  private static final int SHOWN_AFTER_MAX = 40;

  /**
   * A refusal that shows the surroundings of {@code at} with a caret, and its row and column
   * counted from 1.
   */
  public SoqlException refuse(SoqlError error, int at, String detail) {
    int offset = Math.min(Math.max(at, 0), text.length());
    int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    int lineEnd = text.indexOf('\n', offset);
    int from = Math.max(lineStart, wordStart(lineStart, offset - SHOWN_BEFORE_MAX));
    int to = Math.min(lineEnd < 0 ? text.length() : lineEnd, offset + SHOWN_AFTER_MAX);
    int row = 1 + (int) text.substring(0, lineStart).chars().filter(c -> c == '\n').count();
    String shown = text.substring(from, Math.max(from, to));
    return new SoqlException(
        error,
        "\n%s\n%s^\nERROR at Row:%d:Column:%d\n%s"
            .formatted(shown, " ".repeat(offset - from), row, offset - lineStart + 1, detail));
  }

  /** A refusal of what is no sentence, or one that is not allowed. */
  public SoqlException malformed(int at, String detail) {
    return refuse(SoqlError.MALFORMED_QUERY, at, detail);
  }

  /** A refusal of a field, relationship or value that does not fit. */
  public SoqlException invalid(int at, String detail) {
    return refuse(SoqlError.INVALID_FIELD, at, detail);
  }

  /** A refusal without a place. */
  public static SoqlException refuse(SoqlError error, String message) {
    return new SoqlException(error, message);
  }

  private int wordStart(int lineStart, int at) {
    if (at <= lineStart) {
      return lineStart;
    }
    int here = at;
    while (here < text.length()
        && here < at + SHOWN_BEFORE_MAX
        && text.charAt(here - 1) != ','
        && text.charAt(here - 1) != ' ') {
      here++;
    }
    return Math.min(here, at + SHOWN_BEFORE_MAX);
  }
}
