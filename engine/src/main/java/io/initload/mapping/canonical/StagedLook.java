package io.initload.mapping.canonical;

/**
 * How to see, without making a text of it, how much of a staged value is in canonical form as it
 * lies there. One class for all kinds of fields, since a call for each value of each row that had
 * to be looked up would cost more than the look.
 */
public enum StagedLook {
  /** It cannot be seen. */
  ASK,
  /** The field is not compared. */
  NOTHING,
  CHECKBOX,
  TEXT,
  NUMBER,
  DATE,
  MOMENT;

  /** The answer where the form must be asked. */
  public static final int UNTOLD = -1;

  /** With which the text begins that stands for null in a CSV. */
  private static final char NULL = '#';

  private static final String SET = "true";
  private static final String NOT_SET = "false";

  /** How many of the first bytes are in canonical form all of the value; or {@link #UNTOLD}. */
  public int count(ByteText text) {
    int length = text.length();
    if (length == 0) {
      return this == CHECKBOX ? UNTOLD : 0;
    }
    return switch (this) {
      case ASK -> UNTOLD;
      case NOTHING -> 0;
      case CHECKBOX -> SET.contentEquals(text) ? length : NOT_SET.contentEquals(text) ? 0 : UNTOLD;
      case TEXT -> PlainText.isTrimmed(text) && !mayBeNull(text) ? length : UNTOLD;
      case NUMBER -> isNumber(text) ? length : UNTOLD;
      case DATE -> isDate(text) ? length : UNTOLD;
      case MOMENT -> isMoment(text) ? PlainText.SECOND : UNTOLD;
    };
  }

  private static boolean mayBeNull(ByteText text) {
    return text.charAt(0) == NULL;
  }

  /** So many characters have no more digits. */
  private static boolean isNumber(ByteText text) {
    return (text.written() == Written.NUMBER && text.length() <= PlainText.EXACT_DIGITS)
        || PlainText.isNumber(text, PlainText.EXACT_DIGITS);
  }

  /** Years are written with more digits where they have more. */
  private static boolean isDate(ByteText text) {
    return (text.written() == Written.DATE && text.length() == PlainText.DATE)
        || PlainText.isDate(text);
  }

  private static boolean isMoment(ByteText text) {
    return (text.written() == Written.MOMENT && text.length() == PlainText.DATETIME)
        ? PlainText.isDay(text)
        : PlainText.isMoment(text);
  }
}
