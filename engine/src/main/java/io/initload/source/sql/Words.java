package io.initload.source.sql;

import io.initload.mapping.SourceColumn;
import java.time.LocalDate;

/** What a database's words are for what rows are tested by. All of them are expressions. */
public interface Words {
  /** A column over the alias {@code t}. */
  String name(SourceColumn column);

  /** A column's text, without what fills a padded one to its length. */
  String text(SourceColumn column);

  /** A text without blanks, tabs and line ends around it. */
  String trimmed(String text);

  /**
   * The text that is staged: line ends as they are sent, control characters left out; large texts
   * as they are.
   */
  String staged(SourceColumn column);

  /** A text without control characters other than tab and line ends. */
  String withoutControls(String text);

  /** UTF-16 units of a text of this column; null for none. */
  String units(SourceColumn column, String text);

  /** A number without what stands behind so many digits after the point, rounded half up. */
  default String rounded(String number, int decimals) {
    return "ROUND(" + number + ", " + decimals + ")";
  }

  /** The beginning of a day. */
  default String day(LocalDate day) {
    return "DATE '" + day + "'";
  }

  /** A text. */
  default String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
