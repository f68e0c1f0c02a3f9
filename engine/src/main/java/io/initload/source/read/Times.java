package io.initload.source.read;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times under a rendering. Zoneless values are read in the source's zone: a local time
 * that the clocks skipped moves forward by the gap, one that occurred twice is the earlier. Not
 * thread-safe.
 */
public final class Times {
  /** Dates so far from 2000 that they are told in microseconds as well. */
  private static final long DAYS_MAX = 100_000_000;

  private final String column;
  private final Rendering rendering;
  private final ZoneId zone;
  private final boolean utc;
  private @Nullable LocalClock clock;

  /**
   * For one column.
   *
   * @param column where the values stand, for messages
   */
  public Times(String column, Rendering rendering, ZoneId zone) {
    this.column = column;
    this.rendering = rendering;
    this.zone = zone;
    this.utc = zone.normalized().equals(ZoneOffset.UTC);
  }

  public boolean date(LocalDate value, FieldSink sink) {
    if (rendering == Rendering.DATETIME) {
      return dateTime(value.atStartOfDay(), sink);
    }
    sink.date(value.getYear(), value.getMonthValue(), value.getDayOfMonth());
    return true;
  }

  public boolean dateTime(LocalDateTime value, FieldSink sink) {
    switch (rendering) {
      case DATE -> sink.date(value.getYear(), value.getMonthValue(), value.getDayOfMonth());
      case TIME ->
          sink.time(value.getHour(), value.getMinute(), value.getSecond(), value.getNano());
      case DATETIME ->
          utc(
              utc
                  ? value
                  : value.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime(),
              sink);
      case TEXT, PADDED, BASE64, NUMBER, BOOLEAN ->
          sink.text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value));
    }
    return true;
  }

  public boolean instant(OffsetDateTime value, FieldSink sink) {
    switch (rendering) {
      case DATE, TIME -> dateTime(value.atZoneSameInstant(zone).toLocalDateTime(), sink);
      case DATETIME -> utc(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), sink);
      case TEXT, PADDED, BASE64, NUMBER, BOOLEAN ->
          sink.text(
              DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                  value.withOffsetSameInstant(ZoneOffset.UTC)));
    }
    return true;
  }

  /**
   * A zoneless time, field by field.
   *
   * @param counted the year as Oracle counts: 1 BC is -1, and none is 0
   */
  public boolean fields(
      int counted,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int nanos,
      FieldSink sink) {
    int year = year(counted);
    if (rendering == Rendering.TIME && hour < 24 && second < 60) {
      sink.time(hour, minute, second, nanos);
    } else if (rendering == Rendering.TIME) {
      sink.noTime("%02d:%02d:%02d.000Z".formatted(hour, minute, second));
    } else if (counted == 0 || !exists(year, month, day, hour, minute, second, nanos)) {
      none(counted, month, day, hour, minute, second, sink);
    } else if (rendering == Rendering.DATE) {
      sink.date(year, month, day);
    } else if (rendering == Rendering.DATETIME && utc) {
      sink.dateTime(year, month, day, hour, minute, second, nanos);
    } else {
      long local =
          Micros.epochDay(year, month, day) * Micros.SECONDS_PER_DAY
              + (hour * 60L + minute) * 60
              + second;
      return shifted(local, nanos, sink)
          || dateTime(LocalDateTime.of(year, month, day, hour, minute, second, nanos), sink);
    }
    return true;
  }

  /** An instant, field by field in UTC; the year as in {@link #fields}. */
  public boolean utcFields(
      int counted,
      int month,
      int day,
      int hour,
      int minute,
      int second,
      int nanos,
      FieldSink sink) {
    int year = year(counted);
    if (counted == 0 || !exists(year, month, day, hour, minute, second, nanos)) {
      none(counted, month, day, hour, minute, second, sink);
      return true;
    }
    if (rendering == Rendering.DATETIME) {
      sink.dateTime(year, month, day, hour, minute, second, nanos);
      return true;
    }
    return instant(
        LocalDateTime.of(year, month, day, hour, minute, second, nanos).atOffset(ZoneOffset.UTC),
        sink);
  }

  private static int year(int counted) {
    return counted < 0 ? counted + 1 : counted;
  }

  /** Whether Java's calendar has the fields; Oracle's has leap days of Julian years as well. */
  private static boolean exists(
      int year, int month, int day, int hour, int minute, int second, int nanos) {
    return ((month - 1) | (day - 1) | hour | minute | second | nanos) >= 0
        && month <= 12
        && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
        && hour < 24
        && minute < 60
        && second < 60
        && nanos < 1_000_000_000;
  }

  private void none(
      int year, int month, int day, int hour, int minute, int second, FieldSink sink) {
    String text = "%04d-%02d-%02dT%02d:%02d:%02d".formatted(year, month, day, hour, minute, second);
    none(year, text, sink);
  }

  private void none(int year, String text, FieldSink sink) {
    sink.noDate(year, rendering == Rendering.DATETIME, text + " of the column " + column);
  }

  /** The end, or the beginning, of all time. */
  public boolean infinite(boolean end, FieldSink sink) {
    String text = end ? "infinity" : "-infinity";
    switch (rendering) {
      case DATE, DATETIME, TIME -> none(end ? Integer.MAX_VALUE : Integer.MIN_VALUE, text, sink);
      case TEXT, PADDED, BASE64, NUMBER, BOOLEAN -> sink.text(text);
    }
    return true;
  }

  /** A zoneless time in microseconds since 2000-01-01T00:00. */
  public boolean local(long micros, FieldSink sink) {
    if (rendering == Rendering.DATE) {
      Micros.date(micros, sink);
    } else if (rendering == Rendering.TIME) {
      Micros.time(micros, sink);
    } else if (rendering == Rendering.DATETIME && utc) {
      Micros.dateTime(micros, sink);
    } else {
      long local =
          Math.floorDiv(micros, 1_000_000L) + Micros.EPOCH_DAY_2000 * Micros.SECONDS_PER_DAY;
      return shifted(local, (int) Math.floorMod(micros, 1_000_000L) * 1000, sink)
          || dateTime(localDateTime(micros), sink);
    }
    return true;
  }

  /**
   * Writes the instant of a local time, where that is wanted and plain.
   *
   * @param second since 1970-01-01T00:00 by the zone's clocks
   */
  private boolean shifted(long second, int nanos, FieldSink sink) {
    if (rendering != Rendering.DATETIME) {
      return false;
    }
    if (clock == null) {
      clock = new LocalClock(zone);
    }
    int ahead = clock.ahead(second);
    if (ahead == LocalClock.UNKNOWN) {
      return false;
    }
    Micros.dateTime(second - ahead - Micros.EPOCH_DAY_2000 * Micros.SECONDS_PER_DAY, nanos, sink);
    return true;
  }

  /** A date in days since 2000-01-01. */
  public boolean date(int days, FieldSink sink) {
    if (Math.abs((long) days) > DAYS_MAX) {
      return date(LocalDate.ofEpochDay((long) days + Micros.EPOCH_DAY_2000), sink);
    }
    long micros = days * Micros.PER_DAY;
    if (rendering == Rendering.DATETIME) {
      return local(micros, sink);
    }
    Micros.date(micros, sink);
    return true;
  }

  /** An instant in microseconds since 2000-01-01T00:00Z. */
  public boolean utc(long micros, FieldSink sink) {
    if (rendering == Rendering.DATETIME) {
      Micros.dateTime(micros, sink);
      return true;
    }
    return instant(localDateTime(micros).atOffset(ZoneOffset.UTC), sink);
  }

  private static LocalDateTime localDateTime(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L) + Micros.EPOCH_DAY_2000 * 86_400L,
        (int) Math.floorMod(micros, 1_000_000L) * 1000,
        ZoneOffset.UTC);
  }

  public boolean time(LocalTime value, FieldSink sink) {
    if (rendering == Rendering.TIME) {
      sink.time(value.getHour(), value.getMinute(), value.getSecond(), value.getNano());
    } else {
      sink.text(DateTimeFormatter.ISO_LOCAL_TIME.format(value));
    }
    return true;
  }

  /** A time of day in microseconds; a day of PostgreSQL can end at 24:00:00. */
  public boolean time(long micros, FieldSink sink) {
    if (micros < Micros.PER_DAY) {
      return time(LocalTime.ofNanoOfDay(micros * 1000), sink);
    }
    if (rendering == Rendering.TIME) {
      sink.noTime("24:00:00.000Z");
    } else {
      sink.text("24:00:00");
    }
    return true;
  }

  private static void utc(LocalDateTime value, FieldSink sink) {
    sink.dateTime(
        value.getYear(),
        value.getMonthValue(),
        value.getDayOfMonth(),
        value.getHour(),
        value.getMinute(),
        value.getSecond(),
        value.getNano());
  }
}
