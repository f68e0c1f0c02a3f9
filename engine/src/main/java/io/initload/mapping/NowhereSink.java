package io.initload.mapping;

import java.math.BigDecimal;

/** Takes values and drops them: to learn whether there is one. Stateless. */
enum NowhereSink implements FieldSink {
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
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {}

  @Override
  public void time(int hour, int minute, int second, int nanos) {}
}
