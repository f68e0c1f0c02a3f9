package io.initload.mapping;

/** The row a cursor stands on. */
@FunctionalInterface
public interface SourceRow {
  /**
   * Writes the value of a requested column as pieces of the current field. May be called several
   * times for a column of the same row.
   *
   * @param column zero-based index into the {@link ColumnRead}s the cursor was opened with
   * @return false when the value is null; nothing was written then
   */
  boolean write(int column, FieldSink sink);

  /** Whether the value of a requested column is null. */
  default boolean isNull(int column) {
    return !write(column, NowhereSink.INSTANCE);
  }
}
