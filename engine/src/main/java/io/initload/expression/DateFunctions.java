package io.initload.expression;

import dev.cel.common.types.CelType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Dates and instants out of texts and into them. */
final class DateFunctions {
  private static final CelType TEXT = ValueType.TEXT.type();
  private static final CelType DATE = ValueType.DATE.type();
  private static final CelType DATETIME = ValueType.DATETIME.type();

  private final ZoneId zone;
  private final Map<String, DateTimeFormatter> forms = new ConcurrentHashMap<>();

  /**
   * @param zone of times of day
   */
  DateFunctions(ZoneId zone) {
    this.zone = zone;
  }

  void define(Language language) {
    List<CelType> two = List.of(TEXT, TEXT);
    language.define("parseDate", DATE, two, a -> parsed(a, LocalDate::from));
    language.define(
        "parseDateTime",
        DATETIME,
        two,
        a -> parsed(a, t -> LocalDateTime.from(t).atZone(zone).toInstant()));
    language.define(
        "date", DATE, List.of(DATETIME), a -> ((Instant) a[0]).atZone(zone).toLocalDate());
    language.define("datetime", DATETIME, List.of(DATE), a -> midnight((LocalDate) a[0]));
    language.define(
        "formatDate", TEXT, List.of(DATE, TEXT), a -> written((LocalDate) a[0], (String) a[1]));
    language.define(
        "formatDate",
        TEXT,
        List.of(DATETIME, TEXT),
        a -> written(((Instant) a[0]).atZone(zone), (String) a[1]));
  }

  private Instant midnight(LocalDate date) {
    return date.atStartOfDay(zone).toInstant();
  }

  private <T> T parsed(Object[] a, Function<TemporalAccessor, T> as) {
    try {
      return as.apply(form((String) a[1]).parse(((String) a[0]).strip()));
    } catch (DateTimeException e) {
      throw new Incomputable("takes a text for a date that is none of the form " + a[1]);
    }
  }

  private String written(TemporalAccessor date, String pattern) {
    try {
      return form(pattern).format(date);
    } catch (DateTimeException e) {
      throw new Incomputable("has no value for the form " + pattern);
    }
  }

  private DateTimeFormatter form(String pattern) {
    return forms.computeIfAbsent(pattern, DateFunctions::formOf);
  }

  /**
   * A form of dates in which none is bent into another: 31 February is no date.
   *
   * @throws IllegalArgumentException when the pattern is none
   */
  static DateTimeFormatter formOf(String pattern) {
    return new DateTimeFormatterBuilder()
        .appendPattern(pattern)
        .parseDefaulting(ChronoField.ERA, 1)
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT);
  }
}
