package io.initload.source;

import io.initload.mapping.SourceColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a value as it was decoded is the one that the database tells in a text of its own.
 * Numbers and times are compared as such, since there are several ways to write one; of texts and
 * bytes the beginning is.
 */
final class DecodingCheck {
  /** Length, then {@code u} and ASCIISTR of the beginning, or {@code x} and its UTF-8 in hex. */
  private static final Pattern TEXT = Pattern.compile("(\\d*)([ux])(.*)", Pattern.DOTALL);

  private static final Pattern YEAR = Pattern.compile("(-?)\\s*(\\d{4,6})-(.*)");

  private DecodingCheck() {}

  /**
   * Whether the two are one value.
   *
   * @param ours in the form of {@code Rendering.TEXT}; empty for null
   * @param theirs by {@link Evidence#text}; empty for null
   */
  static boolean same(SourceColumn column, String ours, String theirs) {
    return switch (column.type()) {
      case NUMBER -> absent(theirs) ? ours.isEmpty() : number(ours, theirs);
      case FLOAT -> absent(theirs) ? ours.isEmpty() : floating(column, ours, theirs);
      case DATE, DATETIME, INSTANT -> moment(ours, 0).equals(moment(theirs, 1));
      case TIME -> seconds(ours).equals(seconds(theirs));
      case TEXT, LONG_TEXT -> text(ours, theirs);
      case BINARY ->
          beginning(ours.toLowerCase(Locale.ROOT), 2 * Evidence.COMPARED)
              .equals(theirs.toLowerCase(Locale.ROOT));
      case BOOLEAN -> ours.equalsIgnoreCase(theirs.strip());
      case INTERVAL, JSON, XML, UNSUPPORTED -> ours.equals(theirs);
    };
  }

  /** Whether the database tells that there is no value. */
  static boolean isNull(SourceColumn column, String theirs) {
    return switch (column.type()) {
      case TEXT, LONG_TEXT -> theirs.matches("[ux]?");
      default -> theirs.isEmpty();
    };
  }

  /** Null, and what no number stands for. */
  private static boolean absent(String theirs) {
    return !theirs.matches(".*\\d.*");
  }

  private static boolean number(String ours, String theirs) {
    return !ours.isEmpty() && new BigDecimal(ours).compareTo(new BigDecimal(theirs.strip())) == 0;
  }

  private static boolean floating(SourceColumn column, String ours, String theirs) {
    if (ours.isEmpty()) {
      return false;
    }
    boolean single = column.declared().matches("(?i)BINARY_FLOAT|REAL|FLOAT4");
    return single
        ? Float.parseFloat(ours) == Float.parseFloat(theirs.strip())
        : Double.parseDouble(ours) == Double.parseDouble(theirs.strip());
  }

  /**
   * Of one form, whatever wrote it; the years before Christ as the ISO counts them.
   *
   * @param missing years that who wrote it does not count: databases have no year 0
   */
  private static String moment(String text, int missing) {
    String plain = text.strip().replaceFirst("(Z|\\+00(:00)?)$", "").replaceFirst(" ", "T");
    Matcher year = YEAR.matcher(plain);
    if (!year.matches()) {
      return plain;
    }
    int number = Integer.parseInt(year.group(1) + year.group(2));
    number += number < 0 ? missing : 0;
    String day = "%s%04d-%s".formatted(number < 0 ? "-" : "", Math.abs(number), year.group(3));
    try {
      return LocalDateTime.parse(day.contains("T") ? day : day + "T00:00").toString();
    } catch (DateTimeException e) {
      return plain;
    }
  }

  private static String seconds(String text) {
    String plain = text.strip().replaceFirst("\\.?0*Z?$", "");
    return plain.matches("\\d\\d:\\d\\d:?") ? plain.substring(0, 5) : plain;
  }

  private static boolean text(String ours, String theirs) {
    Matcher parts = TEXT.matcher(theirs);
    if (!parts.matches() || parts.group(1).isEmpty()) {
      return ours.isEmpty();
    }
    long length = Long.parseLong(parts.group(1));
    if (length != ours.length() && length != ours.codePointCount(0, ours.length())) {
      return false;
    }
    String mine =
        parts.group(2).equals("u")
            ? asciistr(ours)
            : HexFormat.of().formatHex(ours.getBytes(StandardCharsets.UTF_8));
    String told = parts.group(3);
    return length <= Evidence.COMPARED
        ? mine.equalsIgnoreCase(told)
        : beginning(mine, told.length()).equalsIgnoreCase(told);
  }

  private static String beginning(String text, int length) {
    return text.substring(0, Math.min(text.length(), length));
  }

  /** As the function of that name: what is not of ASCII, and a backslash, by its UTF-16. */
  private static String asciistr(String text) {
    StringBuilder ascii = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              if (c < 0x80 && c != '\\') {
                ascii.append((char) c);
              } else {
                ascii.append("\\%04X".formatted(c));
              }
            });
    return ascii.toString();
  }
}
