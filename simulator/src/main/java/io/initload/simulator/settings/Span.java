package io.initload.simulator.settings;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as people write it: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 7d}. */
public final class Span {
  static final String EXPECTED = "a span like 500ms, 10s, 5m, 24h or 7d";
  private static final Pattern WRITTEN = Pattern.compile("(\\d+)\\s*(ms|s|m|h|d)");

  private Span() {}

  /**
   * Reads a count with a unit, or ISO-8601.
   *
   * @throws IllegalArgumentException if it is neither; the message begins with {@code what}
   */
  public static Duration parse(String what, String text) {
    String bare = text.strip().toLowerCase(Locale.ROOT);
    Matcher written = WRITTEN.matcher(bare);
    try {
      return written.matches()
          ? of(Long.parseLong(written.group(1)), written.group(2))
          : Duration.parse(bare);
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      throw new IllegalArgumentException(
          "%s must be %s, not '%s'".formatted(what, EXPECTED, text), e);
    }
  }

  private static Duration of(long count, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }

  /** The shortest writing: {@code 2h}, {@code 7d}, {@code 1m30s}. */
  public static String print(Duration span) {
    boolean days = span.toHours() >= 24 && span.toSeconds() % 86_400 == 0;
    return days
        ? span.toDays() + "d"
        : span.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }
}
