package io.initload.mapping;

import java.math.BigDecimal;

/**
 * Takes one row as typed pieces and makes CSV text of them. A field is everything between {@link
 * #beginField} and {@link #endField}; pieces written in between are joined, so that a composite key
 * is just several pieces. A field without pieces is empty. Not thread-safe.
 *
 * <p>Pieces are values, not objects, so that a reader need not make garbage for each of them.
 */
public interface FieldSink {
  void beginField();

  void endField();

  /** Any characters. An unpaired surrogate makes the row unstageable. */
  void text(CharSequence value);

  /** Bytes of whole characters in UTF-8. Others make the row unstageable. */
  void utf8(byte[] buffer, int offset, int length);

  /**
   * What was written of the value is not what the source holds, since that is no text: the row is
   * unstageable.
   *
   * @param what it holds, for messages
   */
  default void noText(String what) {
    // Of interest to who decides which rows are staged.
  }

  /**
   * {@code unscaled * 10^-scale}, plain decimal, no exponent, no trailing zeros after the point.
   */
  void number(long unscaled, int scale);

  /** As {@link #number(long, int)}. */
  void number(BigDecimal value);

  /** The value is NaN or infinite: nothing stands for it, and the field gets no piece. */
  default void noNumber() {
    // Of interest to who keeps account of values that do not arrive.
  }

  /** The parent that the row names is not there, and the field gets no piece. */
  default void noParent() {
    // Of interest to who keeps account of values that do not arrive.
  }

  /** The org has nobody of the name that the row has, and the field gets the id of a fallback. */
  default void noName() {
    // Of interest to who keeps account of values that do not arrive.
  }

  /**
   * The row has no value for the field, and cannot be staged.
   *
   * @param code of the reason
   * @param what the reason, without a subject
   */
  default void refused(String code, String what) {
    // Of interest to who stages rows.
  }

  /** {@code true} or {@code false}. */
  void bool(boolean value);

  /** {@code yyyy-MM-dd}. */
  void date(int year, int month, int day);

  /**
   * A date that no calendar has, or one at the end of all time: judged by its year as other dates
   * outside the range are. Where that leaves it alone the row is unstageable.
   *
   * @param year {@code Integer.MAX_VALUE} or {@code MIN_VALUE} of an infinity
   * @param timed whether a time of day would follow
   * @param what it is and where it stands, for messages
   */
  void noDate(int year, boolean timed, String what);

  /** UTC; {@code yyyy-MM-ddTHH:mm:ss.SSSZ}, nanoseconds cut, never rounded. */
  void dateTime(int year, int month, int day, int hour, int minute, int second, int nanos);

  /**
   * A time of day that no day has, such as {@code 24:00:00}: judged as dates outside the range are.
   *
   * @param text in the form of {@link #time}
   */
  void noTime(String text);

  /** {@code HH:mm:ss.SSSZ}. */
  void time(int hour, int minute, int second, int nanos);
}
