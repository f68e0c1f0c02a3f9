package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Durations for people. */
class SpanTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59.9S, 59 s",
    "PT1M, 1 min",
    "PT1M5S, 1 min 05 s",
    "PT15M, 15 min",
    "PT1H59S, 1 h",
    "PT1H5M, 1 h 05 min",
    "PT48H, 48 h",
    "PT1234H30M, '1,234 h 30 min'"
  })
  void theTwoLargestUnits(Duration duration, String text) {
    assertThat(Span.text(duration)).isEqualTo(text);
  }
}
