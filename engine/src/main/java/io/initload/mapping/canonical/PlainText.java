package io.initload.mapping.canonical;

/**
 * Tells, without reading values, that texts are in canonical form already, as most of those are
 * that are staged. Stateless.
 */
final class PlainText {
  /** Days that a month has in every year, from January on. */
  private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  /** Decimal digits that a double always keeps. */
  static final int EXACT_DIGITS = 15;

  /** Characters of a date as it is staged. */
  static final int DATE = 10;

  /** Characters of a moment as it is staged. */
  static final int DATETIME = 24;

  /** Characters of a moment as it is staged up to its second. */
  static final int SECOND = 19;

  private static final String PATTERN = "0000-00-00T00:00:00.000Z";

  private PlainText() {}

  /** Whether a number is a plain decimal of at most so many digits, without idle zeros. */
  static boolean isNumber(CharSequence text, int digitsMax) {
    int end = text.length();
    int from = end > 0 && text.charAt(0) == '-' ? 1 : 0;
    int point = point(text, from);
    int digits = end - from - (point < 0 ? 0 : 1);
    int whole = (point < 0 ? end : point) - from;
    if (digits < 1 || digits > digitsMax || whole < 1 || point == end - 1) {
      return false;
    }
    if (text.charAt(from) == '0' && (whole > 1 || point < 0)) {
      return from == 0 && end == 1;
    }
    if (point > 0 && text.charAt(end - 1) == '0') {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (i != point && !digit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int point(CharSequence text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '.') {
        return i;
      }
    }
    return -1;
  }

  /** Whether it begins and ends without a blank. */
  static boolean isTrimmed(CharSequence text) {
    int end = text.length();
    return end > 0 && text.charAt(0) > ' ' && text.charAt(end - 1) > ' ';
  }

  /** Whether it is a date as it is staged. */
  static boolean isDate(CharSequence text) {
    return text.length() == DATE && looksAlike(text) && isDay(text);
  }

  /** Whether it is a moment as it is staged. */
  static boolean isMoment(CharSequence text) {
    return text.length() == DATETIME
        && looksAlike(text)
        && isDay(text)
        && two(text, 11) < 24
        && two(text, 14) < 60
        && two(text, 17) < 60;
  }

  private static boolean looksAlike(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char like = PATTERN.charAt(i);
      if (like == '0' ? !digit(c) : c != like) {
        return false;
      }
    }
    return true;
  }

  /** Whether what looks like a date is a day of every year. */
  static boolean isDay(CharSequence text) {
    int month = two(text, 5);
    int day = two(text, 8);
    return month >= 1 && month <= DAYS.length && day >= 1 && day <= DAYS[month - 1];
  }

  private static int two(CharSequence text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
