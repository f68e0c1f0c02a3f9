package io.initload.staging;

/** Numbers, dates and times as ASCII digits, without an object per value. */
final class Digits {
  private static final long[] POWERS = powers();

  private Digits() {}

  /**
   * Writes {@code unscaled * 10^-scale}: plain, no trailing zeros after the point. The caller has
   * made room for 24 bytes and one for each unit of the scale.
   *
   * @return the position after the last byte
   */
  static int decimal(byte[] out, int at, long unscaled, int scale) {
    int p = at;
    long value = unscaled;
    int places = scale;
    if (value == 0) {
      out[p++] = '0';
      return p;
    }
    while (places > 0 && value % 10 == 0) {
      value /= 10;
      places--;
    }
    if (value < 0) {
      out[p++] = '-';
    }
    // Negative magnitudes hold Long.MIN_VALUE as well.
    long negative = value < 0 ? value : -value;
    int digits = count(negative);
    if (places <= 0) {
      integer(out, p, negative, digits);
      p += digits;
      for (int i = places; i < 0; i++) {
        out[p++] = '0';
      }
      return p;
    }
    if (digits <= places) {
      out[p++] = '0';
      out[p++] = '.';
      for (int i = digits; i < places; i++) {
        out[p++] = '0';
      }
      integer(out, p, negative, digits);
      return p + digits;
    }
    int whole = digits - places;
    long power = POWERS[places];
    integer(out, p, negative / power, whole);
    p += whole;
    out[p++] = '.';
    integer(out, p, negative % power, places);
    return p + places;
  }

  /** {@code yyyy-MM-dd}; years outside 0 to 9999 in as many digits as they need. */
  static int date(byte[] out, int at, int year, int month, int day) {
    int p = at;
    if (year >= 0 && year <= 9999) {
      out[p++] = (byte) ('0' + year / 1000);
      out[p++] = (byte) ('0' + year / 100 % 10);
      p = two(out, p, year % 100);
    } else {
      p = decimal(out, p, year, 0);
    }
    out[p++] = '-';
    p = two(out, p, month);
    out[p++] = '-';
    return two(out, p, day);
  }

  /** {@code HH:mm:ss.SSSZ}; nanoseconds are cut. */
  static int time(byte[] out, int at, int hour, int minute, int second, int nanos) {
    int p = two(out, at, hour);
    out[p++] = ':';
    p = two(out, p, minute);
    out[p++] = ':';
    p = two(out, p, second);
    out[p++] = '.';
    int millis = nanos / 1_000_000;
    out[p++] = (byte) ('0' + millis / 100);
    p = two(out, p, millis % 100);
    out[p++] = 'Z';
    return p;
  }

  private static int two(byte[] out, int at, int value) {
    out[at] = (byte) ('0' + value / 10);
    out[at + 1] = (byte) ('0' + value % 10);
    return at + 2;
  }

  private static int count(long negative) {
    int digits = 1;
    while (digits < 19 && negative <= -POWERS[digits]) {
      digits++;
    }
    return digits;
  }

  private static void integer(byte[] out, int at, long negative, int digits) {
    long rest = negative;
    for (int i = at + digits - 1; i >= at; i--) {
      long next = rest / 10;
      out[i] = (byte) ('0' - (rest - next * 10));
      rest = next;
    }
  }

  private static long[] powers() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }
}
