package io.initload.cli.text;

/**
 * Text of the org and of the data as a terminal or a log may show it. A control character could
 * move the cursor, a line end forge a line, a change of direction hide what is written.
 */
final class Printable {
  private Printable() {}

  /** One line, whatever stands in it. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** Lines of our own making; only what ends them is left of the control characters. */
  static String block(String text) {
    return escaped(text.replace(System.lineSeparator(), "\n"), true);
  }

  /** A message that may go over several lines: each after the first stands under it. */
  static String message(String text) {
    return block(text).replace("\n", "\n  ");
  }

  private static String escaped(String text, boolean lines) {
    if (text.codePoints().noneMatch(c -> harmful(c) && !(lines && c == '\n'))) {
      return text;
    }
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (harmful(c) && !(lines && c == '\n')) {
                safe.append(escape(c));
              } else {
                safe.appendCodePoint(c);
              }
            });
    return safe.toString();
  }

  /** Controls, separators of lines, and what turns the direction of writing. */
  private static boolean harmful(int c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default -> "\\u%04x".formatted(c);
    };
  }
}
