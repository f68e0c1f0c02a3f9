package io.initload.config.read;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the configuration writes them: {@code 500ms}, {@code 5s}, {@code 10m}. */
final class DurationText {
  private static final Pattern SYNTAX = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([a-z]+)");
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private DurationText() {}

  /**
   * Reads one duration.
   *
   * @throws IllegalArgumentException with a message that names the units but not the text
   */
  static Duration parse(String text) {
    Matcher matcher = SYNTAX.matcher(text);
    Long unit = matcher.matches() ? MILLIS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "is not a duration: write a number and a unit, as 5s or 10m (units ms, s, m, h, d)");
    }
    try {
      return Duration.ofMillis(
          new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit)).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("is not a whole number of milliseconds", e);
    }
  }

  /** The shortest text that {@link #parse} reads as this duration. */
  static String of(Duration duration) {
    long millis = duration.toMillis();
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long size = MILLIS.getOrDefault(unit, 1L);
      if (millis > 0 && millis % size == 0) {
        return millis / size + unit;
      }
    }
    return millis + "ms";
  }
}
