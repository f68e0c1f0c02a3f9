package io.initload.source.sql;

import io.initload.config.SourceName;

/** The condition of a table's rows, before those that a statement adds. */
public final class Condition {
  private Condition() {}

  /** The clause of a statement that adds no condition of its own. */
  public static String alone(SourceName rows) {
    return rows.where().isEmpty() ? "" : " WHERE (" + rows.where() + ")";
  }

  /**
   * What precedes the one condition that a statement adds; it holds no {@code OR} outside of
   * brackets.
   */
  public static String before(SourceName rows) {
    return rows.where().isEmpty() ? " WHERE " : " WHERE (" + rows.where() + ") AND ";
  }
}
