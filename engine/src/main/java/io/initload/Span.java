package io.initload;

import java.time.Duration;
import java.util.Locale;

/** Durations in words for people; the configuration has a grammar of its own. */
public final class Span {
  private Span() {}

  /** The two largest units, the smaller one left out where it is zero: {@code 1 h 05 min}. */
  public static String text(Duration duration) {
    if (duration.toHours() > 0) {
      return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    if (duration.toMinutes() > 0) {
      return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    return duration.toSeconds() + " s";
  }

  private static String two(long whole, String unit, int rest, String smaller) {
    String large = String.format(Locale.ROOT, "%,d %s", whole, unit);
    return rest == 0 ? large : large + String.format(Locale.ROOT, " %02d %s", rest, smaller);
  }
}
