package io.initload.source.sql;

import java.time.Duration;
import java.time.Period;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one text of intervals, whatever the database: a duration of ISO 8601 as PostgreSQL writes it,
 * with a sign at each number, {@code P1Y2M}, {@code P-3DT-4H-5M-6.7S}; {@code PT0S} for none.
 */
public final class Intervals {
  private static final List<String> UNITS =
      List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND");

  private static final int HOUR = UNITS.indexOf("HOUR");

  /** {@code INTERVAL '-1-2' YEAR TO MONTH} of H2, {@code -1-2} of Oracle. */
  private static final Pattern TEXT =
      Pattern.compile("(?:INTERVAL ')?(?<sign>[-+]?)(?<numbers>[0-9][0-9 :.-]*)(?:'.*)?");

  private static final Pattern UNIT = Pattern.compile(String.join("|", UNITS));

  /** A group for each unit. */
  private static final Pattern ISO =
      Pattern.compile(
          "P(?:(-?\\d+)Y)?(?:(-?\\d+)M)?(?:(-?\\d+)D)?"
              + "(?:T(?:(-?\\d+)H)?(?:(-?\\d+)M)?(?:(-?[\\d.]+)S)?)?");

  /** What stands before a unit that is not the first. */
  private static final String BEFORE = " -  ::";

  private Intervals() {}

  /**
   * The duration.
   *
   * @param declared the column's type, which names the units
   * @param text as the driver tells it
   * @return the text as it is where it cannot be understood
   */
  public static String iso(String declared, String text) {
    Matcher unit = UNIT.matcher(declared.toUpperCase(Locale.ROOT));
    Matcher parts = TEXT.matcher(text.trim());
    if (!parts.matches() || !unit.find()) {
      return text;
    }
    int first = UNITS.indexOf(unit.group());
    String[] numbers = parts.group("numbers").split("[ :-]", -1);
    if (first + numbers.length > UNITS.size()) {
      return text;
    }
    String sign = parts.group("sign").equals("-") ? "-" : "";
    StringBuilder iso = new StringBuilder("P");
    List<String> times = new ArrayList<>();
    for (int i = 0; i < numbers.length; i++) {
      String number = plain(numbers[i]);
      if (!number.equals("0")) {
        String part = sign + number + UNITS.get(first + i).charAt(0);
        if (first + i < HOUR) {
          iso.append(part);
        } else {
          times.add(part);
        }
      }
    }
    if (iso.length() == 1 && times.isEmpty()) {
      return "PT0S";
    }
    return times.isEmpty() ? iso.toString() : iso + "T" + String.join("", times);
  }

  /**
   * The duration as literals of SQL have it, with one sign: {@code -1-2}, {@code 3 4:5:6.7}.
   *
   * @param declared the column's type, which names the units
   * @param iso as {@link #iso} made it; another text is given back as it is
   */
  public static String sql(String declared, String iso) {
    Matcher numbers = ISO.matcher(iso);
    List<Integer> units =
        UNIT.matcher(declared.toUpperCase(Locale.ROOT))
            .results()
            .map(unit -> UNITS.indexOf(unit.group()))
            .toList();
    if (!numbers.matches() || units.isEmpty()) {
      return iso;
    }
    StringBuilder sql = new StringBuilder();
    for (int i = units.get(0); i <= units.get(units.size() - 1); i++) {
      String number = numbers.group(i + 1);
      sql.append(sql.isEmpty() ? "" : BEFORE.charAt(i)).append(number == null ? "0" : number);
    }
    String unsigned = sql.toString().replaceAll("(^|[ :-])-", "$1");
    return iso.contains("-") ? "-" + unsigned : unsigned;
  }

  /**
   * The duration as an object that drivers know.
   *
   * @param declared the column's type, which names the units
   * @param iso as {@link #iso} made it
   */
  public static TemporalAmount amount(String declared, String iso) {
    boolean months = declared.contains("YEAR") || declared.contains("MONTH");
    if (!months) {
      return Duration.parse(iso);
    }
    return iso.equals("PT0S") ? Period.ZERO : Period.parse(iso);
  }

  /** Without zeros that say nothing. */
  private static String plain(String number) {
    String plain = number.contains(".") ? number.replaceFirst("\\.?0*$", "") : number;
    return plain.replaceFirst("^0+(?=[0-9])", "");
  }
}
