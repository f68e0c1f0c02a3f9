package io.initload.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
  /** Times are those of UTC; Vienna is an hour ahead in winter and two in summer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # within
          20:00-06:00 Europe/Vienna              | 2026-01-10T19:00:00Z | 2026-01-10T19:00:00Z
          20:00-06:00 Europe/Vienna              | 2026-01-10T04:59:59Z | 2026-01-10T04:59:59Z
          20:00-24:00 UTC                        | 2026-01-10T23:59:59Z | 2026-01-10T23:59:59Z
          00:00-06:00 UTC                        | 2026-01-10T00:00:00Z | 2026-01-10T00:00:00Z
          # before, after, between
          20:00-06:00 Europe/Vienna              | 2026-01-10T05:00:00Z | 2026-01-10T19:00:00Z
          20:00-06:00 Europe/Vienna              | 2026-07-10T04:00:00Z | 2026-07-10T18:00:00Z
          20:00-24:00 UTC                        | 2026-01-10T00:00:00Z | 2026-01-10T20:00:00Z
          08:00-09:00 UTC                        | 2026-01-10T09:00:00Z | 2026-01-11T08:00:00Z
          20:00-06:00, 12:00-13:30 Europe/Vienna | 2026-01-10T08:00:00Z | 2026-01-10T11:00:00Z
          20:00-06:00, 12:00-13:30 Europe/Vienna | 2026-01-10T12:30:00Z | 2026-01-10T19:00:00Z
          # 02:30 is no time of that night: clocks are put from 02:00 to 03:00
          02:30-05:00 Europe/Vienna              | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z
          02:30-05:00 Europe/Vienna              | 2026-03-29T01:00:00Z | 2026-03-29T01:00:00Z
          # 02:30 is twice: clocks are put from 03:00 to 02:00
          02:30-05:00 Europe/Vienna              | 2026-10-24T23:00:00Z | 2026-10-25T00:30:00Z
          02:30-05:00 Europe/Vienna              | 2026-10-25T01:10:00Z | 2026-10-25T01:30:00Z
          01:30-02:30 Europe/Vienna              | 2026-10-25T00:40:00Z | 2026-10-25T01:00:00Z
          # nothing of 02:00 to 03:00 is left of that night
          02:00-03:00 Europe/Vienna              | 2026-03-29T00:59:00Z | 2026-03-30T00:00:00Z
          """)
  void opensAtTheTimeOfTheWallClock(String text, Instant now, Instant next) {
    assertThat(Hours.parse(text).next(now)).isEqualTo(next);
  }

  @Test
  void withoutWindowsItIsAlwaysOpen() {
    assertThat(Hours.ALWAYS.next(Instant.MIN)).isEqualTo(Instant.MIN);
    assertThat(Hours.parse("always")).isEqualTo(Hours.ALWAYS);
  }

  @Test
  void isWrittenAsItIsRead() {
    assertThat(Hours.parse(" 20:00-06:00,12:00 - 24:00  Europe/Vienna "))
        .hasToString("20:00-06:00, 12:00-00:00 Europe/Vienna");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          20:00-06:00               | not of the form
          Europe/Vienna             | not of the form
          20-6 UTC                  | not of the form
          20:00-06:00,, UTC         | not of the form
          20:00-06:00, UTC          | not of the form
          20:00-06:00 Europe/Wien   | time zone
          20:00-25:00 UTC           | 25:00
          20:60-21:00 UTC           | 20:60
          06:00-06:00 UTC           | whole day
          00:00-24:00 UTC           | whole day
          """)
  void whatIsNoWindowIsSaid(String text, String said) {
    assertThatThrownBy(() -> Hours.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(said);
  }
}
