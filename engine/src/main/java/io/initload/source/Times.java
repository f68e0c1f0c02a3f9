package io.initload.source;

import io.initload.mapping.FieldSink;
import io.initload.mapping.Rendering;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Dates and times under a rendering. Zoneless values are read in the source's zone: a local time
 * that the clocks skipped moves forward by the gap, one that occurred twice is the earlier.
 */
final class Times {
  private final Rendering rendering;
  private final ZoneId zone;
  private final boolean utc;

  Times(Rendering rendering, ZoneId zone) {
    this.rendering = rendering;
    this.zone = zone;
    this.utc = zone.normalized().equals(ZoneOffset.UTC);
  }

  boolean date(LocalDate value, FieldSink sink) {
    if (rendering == Rendering.DATETIME) {
      return dateTime(value.atStartOfDay(), sink);
    }
    sink.date(value.getYear(), value.getMonthValue(), value.getDayOfMonth());
    return true;
  }

  boolean dateTime(LocalDateTime value, FieldSink sink) {
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
      case TEXT, NUMBER, BOOLEAN -> sink.text(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value));
    }
    return true;
  }

  boolean instant(OffsetDateTime value, FieldSink sink) {
    switch (rendering) {
      case DATE, TIME -> dateTime(value.atZoneSameInstant(zone).toLocalDateTime(), sink);
      case DATETIME -> utc(value.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), sink);
      case TEXT, NUMBER, BOOLEAN ->
          sink.text(
              DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                  value.withOffsetSameInstant(ZoneOffset.UTC)));
    }
    return true;
  }

  boolean time(LocalTime value, FieldSink sink) {
    if (rendering == Rendering.TIME) {
      sink.time(value.getHour(), value.getMinute(), value.getSecond(), value.getNano());
    } else {
      sink.text(DateTimeFormatter.ISO_LOCAL_TIME.format(value));
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
