package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.FieldType;
import io.initload.simulator.store.ByteSink;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Dates, datetimes and times of day (docs/reference/salesforce.md, "CSV and values"): {@code
 * 2026-01-31}, {@code 2026-01-31T10:20:30.000Z} or with an offset, {@code 10:20:30.000Z};
 * milliseconds are optional, and those of a datetime are dropped unless the org keeps them. Days
 * are from 1700-01-01 to 4000-12-31, in UTC.
 */
final class TimeRule extends FieldRule {
  private static final int FIRST_YEAR = 1700;
  private static final int LAST_YEAR = 4000;
  private static final long DAY_MILLIS = 86_400_000L;

  private final boolean keepsMillis;

  TimeRule(Field field, Messages messages, int column, DmlRules.Datetimes datetimes) {
    super(field, messages, column);
    this.keepsMillis = datetimes == DmlRules.Datetimes.MILLISECONDS;
  }

  @Override
  @Nullable RowError apply(byte[] text, int at, int length, ByteSink out) {
    int start = out.size();
    boolean good =
        switch (field.type()) {
          case DATE -> length == 10 && date(text, at) && copy(text, at, 10, out);
          case TIME -> time(text, at, length, out);
          default -> datetime(text, at, length, out);
        };
    if (!good) {
      return notDeserialized(text, at, length);
    }
    return field.type() == FieldType.TIME || inCalendar(number(out.array(), start, 4))
        ? null
        : error(
            "FIELD_INTEGRITY_EXCEPTION", messages.badDate(field.label(), string(text, at, length)));
  }

  private static boolean inCalendar(int year) {
    return year >= FIRST_YEAR && year <= LAST_YEAR;
  }

  private static boolean copy(byte[] text, int at, int length, ByteSink out) {
    out.put(text, at, length);
    return true;
  }

  private static boolean date(byte[] text, int at) {
    int year = number(text, at, 4);
    int month = number(text, at + 5, 2);
    int day = number(text, at + 8, 2);
    if (text[at + 4] != '-' || text[at + 7] != '-' || year < 1 || month < 1 || month > 12) {
      return false;
    }
    if (day < 1 || day > 31) {
      return false;
    }
    return day <= 28 || day <= java.time.YearMonth.of(year, month).lengthOfMonth();
  }

  /** Reads {@code HH:mm:ss[.f]}; the position after it, or -1. */
  private static int clock(byte[] text, int at, int end) {
    if (end - at < 8 || text[at + 2] != ':' || text[at + 5] != ':') {
      return -1;
    }
    int hour = number(text, at, 2);
    int minute = number(text, at + 3, 2);
    int second = number(text, at + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return -1;
    }
    int i = at + 8;
    if (i < end && text[i] == '.') {
      int first = ++i;
      while (i < end && text[i] >= '0' && text[i] <= '9') {
        i++;
      }
      if (i == first || i - first > 9) {
        return -1;
      }
    }
    return i;
  }

  private static int millis(byte[] text, int at, int to) {
    int millis = 0;
    for (int i = 0; i < 3; i++) {
      int digit = at + 9 + i < to ? text[at + 9 + i] - '0' : 0;
      millis = millis * 10 + digit;
    }
    return millis;
  }

  private static boolean time(byte[] text, int at, int length, ByteSink out) {
    int end = at + length;
    int i = clock(text, at, end);
    if (i < 0 || (i < end && !(i == end - 1 && text[i] == 'Z'))) {
      return false;
    }
    out.put(text, at, 8);
    out.putAscii(".%03dZ".formatted(millis(text, at, i)));
    return true;
  }

  private boolean datetime(byte[] text, int at, int length, ByteSink out) {
    int end = at + length;
    if (length < 20 || !date(text, at) || text[at + 10] != 'T') {
      return false;
    }
    int clockAt = at + 11;
    int i = clock(text, clockAt, end);
    if (i < 0 || i == end) {
      return false;
    }
    int millis = keepsMillis ? millis(text, clockAt, i) : 0;
    if (text[i] == 'Z') {
      if (i != end - 1) {
        return false;
      }
      out.put(text, at, 19);
      out.put('.');
      out.put('0' + millis / 100);
      out.put('0' + millis / 10 % 10);
      out.put('0' + millis % 10);
      out.put('Z');
      return true;
    }
    int offset = offset(text, i, end);
    if (offset == Integer.MIN_VALUE) {
      return false;
    }
    long day =
        LocalDate.of(number(text, at, 4), number(text, at + 5, 2), number(text, at + 8, 2))
            .toEpochDay();
    long seconds =
        number(text, clockAt, 2) * 3600L
            + number(text, clockAt + 3, 2) * 60L
            + number(text, clockAt + 6, 2);
    long utc = day * DAY_MILLIS + seconds * 1000 + millis - offset * 60_000L;
    LocalDate utcDay = LocalDate.ofEpochDay(Math.floorDiv(utc, DAY_MILLIS));
    int rest = (int) Math.floorMod(utc, DAY_MILLIS);
    out.putAscii(
        "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ"
            .formatted(
                utcDay.getYear(),
                utcDay.getMonthValue(),
                utcDay.getDayOfMonth(),
                rest / 3_600_000,
                rest / 60_000 % 60,
                rest / 1000 % 60,
                rest % 1000));
    return true;
  }

  /** Minutes of {@code +HH:mm}, {@code -HH:mm} or the same without colon. */
  private static int offset(byte[] text, int at, int end) {
    boolean colon = end - at == 6 && text[at + 3] == ':';
    if ((text[at] != '+' && text[at] != '-') || (!colon && end - at != 5)) {
      return Integer.MIN_VALUE;
    }
    int hours = number(text, at + 1, 2);
    int minutes = number(text, colon ? at + 4 : at + 3, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) {
      return Integer.MIN_VALUE;
    }
    return (text[at] == '-' ? -1 : 1) * (hours * 60 + minutes);
  }

  private static int number(byte[] text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      if (text[i] < '0' || text[i] > '9') {
        return -1;
      }
      number = number * 10 + text[i] - '0';
    }
    return number;
  }
}
