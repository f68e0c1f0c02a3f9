package io.initload.mapping;

import java.math.BigDecimal;

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
    return !write(column, Nowhere.INSTANCE);
  }

  /** Takes values and drops them: to learn whether there is one. Stateless. */
  enum Nowhere implements FieldSink {
    INSTANCE;

    @Override
    public void beginField() {}

    @Override
    public void endField() {}

    @Override
    public void text(CharSequence value) {}

    @Override
    public void utf8(byte[] buffer, int offset, int length) {}

    @Override
    public void number(long unscaled, int scale) {}

    @Override
    public void number(BigDecimal value) {}

    @Override
    public void bool(boolean value) {}

    @Override
    public void date(int year, int month, int day) {}

    @Override
    public void noDate(int year, boolean timed, String what) {}

    @Override
    public void noTime(String text) {}

    @Override
    public void dateTime(
        int year, int month, int day, int hour, int minute, int second, int nanos) {}

    @Override
    public void time(int hour, int minute, int second, int nanos) {}
  }
}
