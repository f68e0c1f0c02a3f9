package io.initload.source.read;

import io.initload.mapping.FieldSink;
import io.initload.mapping.SourceColumn;
import java.math.BigDecimal;

/**
 * Holds back the text of a database whose character set is US7ASCII where the driver has put U+FFFD
 * for a letter that the set does not have: which one it was, only who stored it knows
 * (docs/reference/oracle.md, "Text").
 */
public final class AsciiText implements FieldSink {
  private static final char REPLACEMENT = '\ufffd';

  private final FieldSink sink;

  public AsciiText(FieldSink sink) {
    this.sink = sink;
  }

  /** Whether a column is of the database's own character set, not of the national one. */
  public static boolean holds(SourceColumn column) {
    return switch (column.type()) {
      case TEXT, LONG_TEXT, JSON, XML -> !column.declared().startsWith("N");
      case NUMBER, FLOAT, BOOLEAN, DATE, DATETIME, INSTANT, TIME, INTERVAL, BINARY, UNSUPPORTED ->
          false;
    };
  }

  @Override
  public void text(CharSequence value) {
    sink.text(value);
    if (value.chars().anyMatch(c -> c == REPLACEMENT)) {
      sink.noText("a letter that the database's character set, US7ASCII, does not have");
    }
  }

  @Override
  public void beginField() {
    sink.beginField();
  }

  @Override
  public void endField() {
    sink.endField();
  }

  @Override
  public void utf8(byte[] buffer, int offset, int length) {
    sink.utf8(buffer, offset, length);
  }

  @Override
  public void noText(String what) {
    sink.noText(what);
  }

  @Override
  public void number(long unscaled, int scale) {
    sink.number(unscaled, scale);
  }

  @Override
  public void number(BigDecimal value) {
    sink.number(value);
  }

  @Override
  public void noNumber() {
    sink.noNumber();
  }

  @Override
  public void bool(boolean value) {
    sink.bool(value);
  }

  @Override
  public void date(int year, int month, int day) {
    sink.date(year, month, day);
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    sink.noDate(year, timed, what);
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    sink.dateTime(year, month, day, hour, minute, second, nanos);
  }

  @Override
  public void noTime(String text) {
    sink.noTime(text);
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    sink.time(hour, minute, second, nanos);
  }
}
