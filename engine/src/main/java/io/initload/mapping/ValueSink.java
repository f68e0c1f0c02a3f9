package io.initload.mapping;

import io.initload.expression.Incomputable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Takes one value as an object. Not thread-safe. */
final class ValueSink implements FieldSink {
  /** A row of Salesforce has no more. */
  private static final int CHARACTERS_MAX = 400_000;

  private @Nullable Object value;
  private @Nullable StringBuilder more;

  /** What was written; null when nothing was. */
  @Nullable Object value() {
    return more == null ? value : more.toString();
  }

  @Override
  public void beginField() {
    value = null;
    more = null;
  }

  @Override
  public void endField() {}

  @Override
  public void text(CharSequence text) {
    append(text.toString());
  }

  @Override
  public void utf8(byte[] buffer, int offset, int length) {
    append(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  private void append(String text) {
    if (value == null && more == null) {
      value = text;
    } else {
      if (more == null) {
        more = new StringBuilder(String.valueOf(value));
      }
      more.append(text);
    }
    if (text.length() > CHARACTERS_MAX || (more != null && more.length() > CHARACTERS_MAX)) {
      throw new Incomputable("reads a text of more than %,d characters".formatted(CHARACTERS_MAX));
    }
  }

  @Override
  public void number(long unscaled, int scale) {
    value = BigDecimal.valueOf(unscaled, scale);
  }

  @Override
  public void number(BigDecimal number) {
    value = number;
  }

  @Override
  public void bool(boolean truth) {
    value = truth;
  }

  @Override
  public void date(int year, int month, int day) {
    value = LocalDate.of(year, month, day);
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    throw new Incomputable("reads " + what + ", which is no date");
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    value = instant(LocalDateTime.of(year, month, day, hour, minute, second, nanos));
  }

  private static Instant instant(LocalDateTime utc) {
    return utc.toInstant(ZoneOffset.UTC);
  }

  @Override
  public void noTime(String text) {
    value = text;
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    value = "%02d:%02d:%02d".formatted(hour, minute, second);
  }
}
