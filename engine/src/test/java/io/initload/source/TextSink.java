package io.initload.source;

import io.initload.mapping.FieldSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Collects the pieces of one value as text, plainly. */
public final class TextSink implements FieldSink {
  private final StringBuilder text = new StringBuilder();

  public String take() {
    String taken = text.toString();
    text.setLength(0);
    return taken;
  }

  @Override
  public void beginField() {}

  @Override
  public void endField() {}

  @Override
  public void text(CharSequence value) {
    text.append(value);
  }

  @Override
  public void utf8(byte[] buffer, int offset, int length) {
    text.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void number(long unscaled, int scale) {
    number(BigDecimal.valueOf(unscaled, scale));
  }

  @Override
  public void number(BigDecimal value) {
    text.append(value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString());
  }

  @Override
  public void bool(boolean value) {
    text.append(value);
  }

  @Override
  public void date(int year, int month, int day) {
    text.append(year < 0 ? "-" : "").append("%04d".formatted(Math.abs(year)));
    text.append("-%02d-%02d".formatted(month, day));
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    text.append("no date: ").append(what);
  }

  @Override
  public void noTime(String what) {
    text.append("no time: ").append(what);
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    date(year, month, day);
    text.append('T');
    time(hour, minute, second, nanos);
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    text.append("%02d:%02d:%02d.%03dZ".formatted(hour, minute, second, nanos / 1_000_000));
  }
}
