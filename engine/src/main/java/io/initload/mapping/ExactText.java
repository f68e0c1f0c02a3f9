package io.initload.mapping;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The text of a value as the source has it, line ends and control characters included, by which its
 * row can be asked for again. What is staged may be another text. Not thread-safe.
 */
public final class ExactText implements FieldSink {
  private final StringBuilder text = new StringBuilder();
  private final FieldSink judge;

  /** Takes any text. */
  public ExactText() {
    this(SourceRow.Nowhere.INSTANCE);
  }

  /**
   * @param judge hears of what makes a row unstageable
   */
  ExactText(FieldSink judge) {
    this.judge = judge;
  }

  /** What was written since the last time. */
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
    ByteBuffer bytes = ByteBuffer.wrap(buffer, offset, length);
    CoderResult result =
        StandardCharsets.UTF_8.newDecoder().decode(bytes, CharBuffer.allocate(length), true);
    if (result.isError()) {
      judge.noText("the byte 0x%02X, which is not UTF-8".formatted(buffer[bytes.position()]));
    }
    text.append(new String(buffer, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void noText(String what) {
    judge.noText(what);
  }

  @Override
  public void noNumber() {
    judge.noNumber();
  }

  @Override
  public void refused(String code, String what) {
    judge.refused(code, what);
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
    text.append(String.format(Locale.ROOT, "%04d-%02d-%02d", year, month, day));
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    text.append(year == Integer.MIN_VALUE ? "-infinity" : "infinity");
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    date(year, month, day);
    text.append(String.format(Locale.ROOT, "T%02d:%02d:%02d.%09dZ", hour, minute, second, nanos));
  }

  @Override
  public void noTime(String value) {
    text.append(value);
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    text.append(String.format(Locale.ROOT, "%02d:%02d:%02d.%09d", hour, minute, second, nanos));
  }
}
