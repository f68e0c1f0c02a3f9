package io.initload.mapping.canonical;

/**
 * Tells, without reading values, that texts are in canonical form already, as most of those are
 * that are staged. Stateless.
 */
final class PlainText {
  /** Days that every month has: others are looked up. */
  private static final int DAYS = 28;

  private static final int MONTHS = 12;
  private static final int DATE = 10;
  private static final int DATETIME = 24;
  private static final int SECONDS_END = 19;
  private static final String PATTERN = "0000-00-00T00:00:00.000Z";

  private PlainText() {}

  /** Whether a number is a plain decimal of at most so many digits, without idle zeros. */
  static boolean isNumber(String text, int digitsMax) {
    int from = text.startsWith("-") ? 1 : 0;
    int point = text.indexOf('.');
    int end = text.length();
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

  /** Whether it is a date as it is staged. */
  static boolean isDate(String text) {
    return text.length() == DATE && looksAlike(text) && isDay(text);
  }

  /** Whether it is a moment as it is staged. */
  static boolean isMoment(String text) {
    return text.length() == DATETIME
        && looksAlike(text)
        && isDay(text)
        && two(text, 11) < 24
        && two(text, 14) < 60
        && two(text, 17) < 60;
  }

  /** The second of a moment as it is staged. */
  static String second(String moment) {
    return moment.substring(0, SECONDS_END) + "Z";
  }

  private static boolean looksAlike(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char like = PATTERN.charAt(i);
      if (like == '0' ? !digit(c) : c != like) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDay(String text) {
    int month = two(text, 5);
    int day = two(text, 8);
    return month >= 1 && month <= MONTHS && day >= 1 && day <= DAYS;
  }

  private static int two(String text, int at) {
    return (text.charAt(at) - '0') * 10 + text.charAt(at + 1) - '0';
  }

  private static boolean digit(char c) {
    return c >= '0' && c <= '9';
  }
}
