package io.initload.mapping;

import io.initload.expression.Incomputable;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
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

  private static final int NANOS_OF_A_MILLI = 1_000_000;

  private @Nullable Object value;
  private @Nullable StringBuilder more;
  private boolean emptied;

  /** What was written; null when nothing was. */
  @Nullable Object value() {
    return more == null ? value : more.toString();
  }

  /** Whether any of the values was a number that nothing stands for. */
  boolean emptied() {
    return emptied;
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
    ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
    CharBuffer text = CharBuffer.allocate(length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(bytes, text, true);
    if (result.isError()) {
      throw Incomputable.noText(
          "the byte 0x%02X, which is not UTF-8".formatted(buffer[bytes.position()]));
    }
    append(text.flip().toString());
  }

  @Override
  public void noText(String what) {
    throw Incomputable.noText(what);
  }

  @Override
  public void noNumber() {
    emptied = true;
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
    throw new Incomputable("reads " + text + ", which is no time of a day");
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    value = "%02d:%02d:%02d.%03dZ".formatted(hour, minute, second, nanos / NANOS_OF_A_MILLI);
  }
}
