package io.initload.source.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.mapping.Rendering;
import io.initload.source.TextSink;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The short ways of dates, times and floats give what the JDK's classes give. */
class TimesTest {
  private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final long HOUR = 3_600L;

  private final SplittableRandom random = new SplittableRandom(1);
  private final TextSink sink = new TextSink();

  @Test
  void localTimesOfEveryZoneBecomeTheInstantTheyAre() {
    List<String> wrong = new ArrayList<>();
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(name);
      Times times = new Times("C", Rendering.DATETIME, zone);
      for (int i = 0; i < 60; i++) {
        LocalDateTime local = i % 2 == 0 ? anyTime() : nearAChange(zone);
        String expected = instant(local, zone);
        times.local(java.time.temporal.ChronoUnit.MICROS.between(EPOCH, local), sink);
        String micros = sink.take();
        times.fields(
            local.getYear() > 0 ? local.getYear() : local.getYear() - 1,
            local.getMonthValue(),
            local.getDayOfMonth(),
            local.getHour(),
            local.getMinute(),
            local.getSecond(),
            local.getNano(),
            sink);
        String fields = sink.take();
        if (!micros.equals(expected) || !fields.equals(expected)) {
          wrong.add("%s %s: %s, %s instead of %s".formatted(name, local, micros, fields, expected));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void datesAreThoseOfTheJdkToTheEndsOfTime() {
    ZoneId zone = ZoneId.of("Europe/Vienna");
    Times date = new Times("C", Rendering.DATE, zone);
    Times instant = new Times("C", Rendering.DATETIME, zone);
    for (int i = 0; i < 20_000; i++) {
      int days =
          i % 2 == 0 ? random.nextInt(-2_500_000, 2_147_000_000) : random.nextInt(-40_000, 40_000);
      LocalDate expected = LocalDate.ofEpochDay((long) days + Micros.EPOCH_DAY_2000);
      sink.date(expected.getYear(), expected.getMonthValue(), expected.getDayOfMonth());
      String text = sink.take();
      date.date(days, sink);
      assertThat(sink.take()).isEqualTo(text);
      instant.date(days, sink);
      assertThat(sink.take()).isEqualTo(instant(expected.atStartOfDay(), zone));
    }
  }

  @Test
  void floatsAreThoseOfTheJdk() {
    for (int i = 0; i < 200_000; i++) {
      double value =
          switch (i % 4) {
            case 0 -> random.nextLong(-100_000_000_000L, 100_000_000_000L) / 100.0;
            case 1 -> random.nextInt(-1_000_000, 1_000_000) / Math.pow(10, random.nextInt(12));
            case 2 -> random.nextDouble() * 1e6 - 5e5;
            default -> Double.longBitsToDouble(random.nextLong());
          };
      boolean written = Readers.finite(value, sink);
      String expected = sink.take();
      assertThat(Readers.floating(value, sink)).isEqualTo(written);
      assertThat(sink.take()).isEqualTo(expected);
    }
    for (double value : new double[] {0.0, -0.0, 1e15, 1e15 - 1, 1e-9, 1e-10, Double.MIN_VALUE}) {
      Readers.finite(value, sink);
      String expected = sink.take();
      Readers.floating(value, sink);
      assertThat(sink.take()).isEqualTo(expected);
    }
  }

  private String instant(LocalDateTime local, ZoneId zone) {
    LocalDateTime utc = local.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    sink.dateTime(
        utc.getYear(),
        utc.getMonthValue(),
        utc.getDayOfMonth(),
        utc.getHour(),
        utc.getMinute(),
        utc.getSecond(),
        utc.getNano());
    return sink.take();
  }

  private LocalDateTime anyTime() {
    return LocalDateTime.ofEpochSecond(
        random.nextLong(-100_000_000_000L, 200_000_000_000L),
        random.nextInt(1_000_000) * 1000,
        ZoneOffset.UTC);
  }

  /** On the seconds around which the clocks change, and the hours. */
  private LocalDateTime nearAChange(ZoneId zone) {
    LocalDateTime since =
        LocalDateTime.of(1895, 1, 1, 0, 0).plusHours(random.nextLong(210L * 365 * 24));
    ZoneOffsetTransition change = zone.getRules().nextTransition(since.toInstant(ZoneOffset.UTC));
    LocalDateTime at = change == null ? since : change.getDateTimeBefore();
    return at.plusSeconds(random.nextLong(-3, 4) * HOUR + random.nextLong(-2, 3));
  }
}
