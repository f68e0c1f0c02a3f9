package io.initload.mapping;

import io.initload.config.Mask;
import io.initload.masking.Pseudonyms;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Takes a field's value and hands on its pseudonym; the value goes no further. What is wrong with
 * the value is handed on as it is. For one field of one row.
 */
final class MaskedValue implements FieldSink {
  /** Characters that decide about a pseudonym; the rest of a longer text is not held. */
  private static final int CHARACTERS_MAX = 400_000;

  private final Pseudonyms pseudonyms;
  private final FieldSink to;
  private final ExactText text;
  private int characters;
  private @Nullable BigDecimal number;
  private int pieces;

  MaskedValue(Pseudonyms pseudonyms, FieldSink to) {
    this.pseudonyms = pseudonyms;
    this.to = to;
    this.text = new ExactText(to);
  }

  /** Writes what stands for all that was taken; nothing for nothing. */
  void hand() {
    String old = text.take();
    if (pieces == 1 && number != null && pseudonyms.mask().kind() == Mask.Kind.NUMBER) {
      to.number(pseudonyms.of(number));
    } else if (characters < CHARACTERS_MAX && torn(old)) {
      to.noText("an unpaired surrogate");
    } else if (!old.isEmpty()) {
      to.text(pseudonyms.of(old));
    }
  }

  private static boolean torn(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  @Override
  public void beginField() {}

  @Override
  public void endField() {}

  @Override
  public void text(CharSequence value) {
    pieces++;
    int room = CHARACTERS_MAX - characters;
    text.text(value.length() <= room ? value : value.subSequence(0, room));
    characters += Math.min(room, value.length());
  }

  @Override
  public void utf8(byte[] buffer, int offset, int length) {
    ExactText piece = new ExactText(to);
    piece.utf8(buffer, offset, length);
    text(piece.take());
  }

  @Override
  public void noText(String what) {
    to.noText(what);
  }

  @Override
  public void number(long unscaled, int scale) {
    number(BigDecimal.valueOf(unscaled, scale));
  }

  @Override
  public void number(BigDecimal value) {
    pieces++;
    number = value;
    text.number(value);
  }

  @Override
  public void noNumber() {
    to.noNumber();
  }

  @Override
  public void refused(String code, String what) {
    to.refused(code, what);
  }

  @Override
  public void bool(boolean value) {
    pieces++;
    text.bool(value);
  }

  @Override
  public void date(int year, int month, int day) {
    pieces++;
    text.date(year, month, day);
  }

  @Override
  public void noDate(int year, boolean timed, String what) {
    to.noDate(year, timed, what);
  }

  @Override
  public void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos) {
    pieces++;
    text.dateTime(year, month, day, hour, minute, second, nanos);
  }

  @Override
  public void noTime(String value) {
    pieces++;
    text.noTime(value);
  }

  @Override
  public void time(int hour, int minute, int second, int nanos) {
    pieces++;
    text.time(hour, minute, second, nanos);
  }
}
