package io.initload.pipeline.prepare;

import io.initload.mapping.FieldSink;
import io.initload.mapping.SourceRow;
import java.math.BigDecimal;
import java.util.Optional;

/** Keeps the number that it took last. Not thread-safe. */
final class NumberSink implements FieldSink {
  private Optional<BigDecimal> number = Optional.empty();

  /** The number of a column; empty where it is null, or holds what stands for no number. */
  Optional<BigDecimal> of(SourceRow row, int column) {
    number = Optional.empty();
    row.write(column, this);
    return number;
  }

  @Override
  public void number(long unscaled, int scale) {
    number = Optional.of(BigDecimal.valueOf(unscaled, scale));
  }

  @Override
  public void number(BigDecimal value) {
    number = Optional.of(value);
  }

  @Override
  public void beginField() {}

  @Override
  public void endField() {}

  @Override
  public void text(CharSequence value) {}

  @Override
  public void utf8(byte[] buffer, int offset, int length) {}

  @Override
  public void bool(boolean value) {}

  @Override
  public void date(int year, int month, int day) {}

  @Override
  public void noDate(int year, boolean timed, String what) {}

  @Override
  public void noTime(String text) {}

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {}

  @Override
  public void time(int hour, int minute, int second, int nanos) {}
}
