package io.initload.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Period;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of an interval, and back. */
class IntervalFormsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTERVAL YEAR(2) TO MONTH    | 1-2         | P1Y2M",
        "INTERVAL YEAR(4) TO MONTH    | -1-2        | P-1Y-2M",
        "INTERVAL YEAR(2) TO MONTH    | 0-0         | PT0S",
        "INTERVAL DAY(2) TO SECOND(6) | 3 4:5:6.7   | P3DT4H5M6.7S",
        "INTERVAL DAY(2) TO SECOND(6) | -0 0:0:0.25 | PT-0.25S",
        "INTERVAL DAY(9) TO SECOND(9) | 0 0:0:0     | PT0S",
        "INTERVAL MINUTE TO SECOND    | 10:20.5     | PT10M20.5S",
        "INTERVAL HOUR                | -36         | PT-36H"
      })
  void literalsAndDurations(String declared, String sql, String iso) {
    assertThat(Intervals.iso(declared, sql)).isEqualTo(iso);
    assertThat(Intervals.sql(declared, iso)).isEqualTo(sql);
  }

  @ParameterizedTest
  @CsvSource({"INTERVAL YEAR TO MONTH, P-1Y-2M, P-1Y-2M", "INTERVAL YEAR TO MONTH, PT0S, P0D"})
  void monthsAreAPeriod(String declared, String iso, Period period) {
    assertThat(Intervals.amount(declared, iso)).isEqualTo(period);
  }

  @ParameterizedTest
  @CsvSource({"INTERVAL DAY TO SECOND, P-1DT-2H, PT-26H", "INTERVAL HOUR, PT0S, PT0S"})
  void daysAreADuration(String declared, String iso, Duration duration) {
    assertThat(Intervals.amount(declared, iso)).isEqualTo(duration);
  }
}
