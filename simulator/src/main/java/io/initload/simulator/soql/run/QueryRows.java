package io.initload.simulator.soql.run;

import org.jspecify.annotations.Nullable;

/**
 * The rows of one run: {@code while (rows.next()) { use(rows.value(0)); }}. For one thread; whoever
 * ran the query closes it.
 */
public final class QueryRows implements AutoCloseable {
  private final RowCursor rows;
  private final int firstColumn;
  private final int columns;
  private @Nullable Object @Nullable [] current;

  QueryRows(RowCursor rows, int firstColumn, int columns) {
    this.rows = rows;
    this.firstColumn = firstColumn;
    this.columns = columns;
  }

  /** Steps to the next row; false at the end. */
  public boolean next() {
    current = rows.next();
    return current != null;
  }

  /** The value of a column, of the class its kind names; null where empty. */
  public @Nullable Object value(int column) {
    return row()[firstColumn + column];
  }

  /** The record's id; groups have none. */
  public String id() {
    return String.valueOf(row()[firstColumn + columns]);
  }

  /**
   * The id of the record at the end of {@link PreparedQuery#parents()}{@code .get(parent)}; null
   * where there is none.
   */
  public @Nullable String parentId(int parent) {
    return (String) row()[firstColumn + columns + 1 + parent];
  }

  private @Nullable Object[] row() {
    @Nullable Object @Nullable [] row = current;
    if (row == null) {
      throw new IllegalStateException("no row: next() was not called or answered false");
    }
    return row;
  }

  @Override
  public void close() {
    rows.close();
  }
}
