package io.initload.source.read;

import io.initload.mapping.FieldSink;

/** Microseconds since 2000-01-01T00:00 as calendar fields, without an object per value. */
final class Micros {
  /** 2000-01-01 in days since 1970-01-01. */
  static final int EPOCH_DAY_2000 = 10_957;

  static final long PER_DAY = 86_400_000_000L;
  static final long SECONDS_PER_DAY = 86_400;

  private Micros() {}

  static void dateTime(long micros, FieldSink sink) {
    dateTime(
        Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, sink);
  }

  /**
   * @param second since 2000-01-01T00:00
   */
  static void dateTime(long second, int nanos, FieldSink sink) {
    int seconds = (int) Math.floorMod(second, SECONDS_PER_DAY);
    int packed = civil(Math.floorDiv(second, SECONDS_PER_DAY) + EPOCH_DAY_2000);
    sink.dateTime(
        packed >> 9,
        (packed >> 5) & 15,
        packed & 31,
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        nanos);
  }

  static void date(long micros, FieldSink sink) {
    int packed = civil(Math.floorDiv(micros, PER_DAY) + EPOCH_DAY_2000);
    sink.date(packed >> 9, (packed >> 5) & 15, packed & 31);
  }

  static void time(long micros, FieldSink sink) {
    long rest = Math.floorMod(micros, PER_DAY);
    int seconds = (int) (rest / 1_000_000);
    sink.time(seconds / 3600, seconds / 60 % 60, seconds % 60, (int) (rest % 1_000_000) * 1000);
  }

  /** Days since 1970-01-01. */
  static long epochDay(int year, int month, int day) {
    // As in civil(), the other way round.
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  /** Year, month and day of a day since 1970-01-01, packed as year * 512 + month * 32 + day. */
  private static int civil(long epochDay) {
    // Years begin in March, so that the leap day is the last one.
    long shifted = epochDay + 719_468;
    long era = Math.floorDiv(shifted, 146_097);
    int dayOfEra = (int) (shifted - era * 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int fromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * fromMarch + 2) / 5 + 1;
    int month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    return (year << 9) | (month << 5) | day;
  }
}
