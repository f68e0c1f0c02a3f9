package io.initload.pipeline;

import java.util.List;
import java.util.Set;

/**
 * How a cell is written in a file for people. A spreadsheet takes a cell that begins with {@code
 * =}, {@code +}, {@code -} or {@code @} for a formula and runs it: data of strangers could send or
 * change what the reader's machine holds.
 */
public enum SheetForm {
  /** As the data is, to the byte. */
  PLAIN,
  /**
   * With an apostrophe before what a spreadsheet would run, and before an apostrophe, so that
   * reading gives back exactly what was written.
   */
  SPREADSHEET;

  /** The column that says that a file is in the form {@link #SPREADSHEET}. */
  static final String MARK = "_apostrophe";

  private static final String ESCAPE = "'";
  private static final String RUN = "=+-@\t\r";

  /** What a file with these columns is written in. */
  static SheetForm of(Set<String> columns) {
    return columns.contains(MARK) ? SPREADSHEET : PLAIN;
  }

  List<String> columns() {
    return this == PLAIN ? List.of() : List.of(MARK);
  }

  String write(String cell) {
    return this == SPREADSHEET && escaped(cell, 0) ? ESCAPE + cell : cell;
  }

  /** What was written; an apostrophe before anything else is a person's own and stays. */
  String read(String cell) {
    return this == SPREADSHEET && cell.startsWith(ESCAPE) && escaped(cell, 1)
        ? cell.substring(1)
        : cell;
  }

  private static boolean escaped(String cell, int at) {
    return cell.length() > at
        && (RUN.indexOf(cell.charAt(at)) >= 0 || ESCAPE.indexOf(cell.charAt(at)) >= 0);
  }
}
