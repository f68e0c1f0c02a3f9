package io.initload.mapping;

import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether the org holds what was sent. Both sides are texts: the one as staged, the other as a
 * query returns it, in JSON or CSV.
 *
 * <p>What Salesforce is known to do to a value between the two, each reported as {@link
 * Outcome#NORMALISED}:
 *
 * <ul>
 *   <li>Text: blanks around it are not stored ("can never include leading and trailing whitespace",
 *       Apex Developer Guide, Primitive Data Types; a no-break space is). Line ends may come back
 *       as CR LF.
 *   <li>Datetimes have "a precision of one second" (Object Reference, Primitive Data Types), so
 *       that milliseconds are cut.
 *   <li>Numbers: decimals beyond the field's scale are kept by the API (Salesforce Help, article
 *       000387302); an org that rounds all the same is tolerated. Above 15 digits only the
 *       precision of a double is left.
 *   <li>The values of a multi-select picklist come back in the picklist's order.
 * </ul>
 *
 * <p>Empty means null. A null sent to a field that has a default on create, as all booleans have,
 * may be anything in the org. Encrypted fields come back masked and cannot be compared. Stateless.
 */
public final class ValueCompare {
  /** Whether two values are the same. */
  public enum Outcome {
    SAME,
    /** The same but for something Salesforce does to such values. */
    NORMALISED,
    DIFFERENT,
    /** The org does not show the value. */
    HIDDEN;

    /** Whether nothing speaks against the org's value being the one that was sent. */
    public boolean matches() {
      return this != DIFFERENT;
    }
  }

  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .toFormatter();

  private ValueCompare() {}

  /**
   * Compares a value.
   *
   * @param field the field that holds it, as {@link Compiled#targets} has it
   * @param sent the CSV text; empty or {@code #N/A} for null
   * @param found the org's value; null or empty for null
   */
  public static Outcome compare(TargetField field, String sent, @Nullable String found) {
    String expected = sent.equals(FieldRule.NULL) ? "" : sent;
    String actual = found == null ? "" : found;
    if (field.type().equals("encryptedstring") && !expected.isEmpty() && !actual.isEmpty()) {
      return Outcome.HIDDEN;
    }
    if (expected.isEmpty() && field.defaultedOnCreate()) {
      return actual.isEmpty() ? Outcome.SAME : Outcome.NORMALISED;
    }
    if (expected.equals(actual)) {
      return Outcome.SAME;
    }
    TargetKind kind = TargetKind.of(field);
    if (expected.isEmpty() || actual.isEmpty()) {
      boolean blank = kind == TargetKind.TEXT && expected.trim().equals(actual);
      return blank ? Outcome.NORMALISED : Outcome.DIFFERENT;
    }
    return switch (kind) {
      case TEXT -> texts(field, expected, actual);
      case DECIMAL, INTEGER -> numbers(field, expected, actual);
      case BOOLEAN -> same(expected.equalsIgnoreCase(actual));
      case DATE -> dates(expected, actual);
      case DATETIME -> instants(expected, actual);
      case TIME -> times(expected, actual);
      case ID -> ids(expected, actual);
      case NONE -> Outcome.DIFFERENT;
    };
  }

  private static Outcome texts(TargetField field, String expected, String actual) {
    if (field.type().equals("multipicklist")) {
      return normalised(values(expected).equals(values(actual)));
    }
    return normalised(lines(expected).trim().equals(lines(actual).trim()));
  }

  private static String lines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static Set<String> values(String text) {
    Set<String> values = new TreeSet<>();
    Arrays.stream(text.split(";", -1)).map(String::trim).forEach(values::add);
    return values;
  }

  private static Outcome numbers(TargetField field, String expected, String actual) {
    try {
      BigDecimal sent = new BigDecimal(expected.trim());
      BigDecimal found = new BigDecimal(actual.trim());
      if (sent.compareTo(found) == 0) {
        return Outcome.SAME;
      }
      boolean rounded =
          sent.setScale(field.scale(), RoundingMode.HALF_UP).compareTo(found) == 0
              || sent.setScale(field.scale(), RoundingMode.HALF_EVEN).compareTo(found) == 0;
      return normalised(rounded || sent.doubleValue() == found.doubleValue());
    } catch (NumberFormatException e) {
      return Outcome.DIFFERENT;
    }
  }

  private static Outcome dates(String expected, String actual) {
    Optional<LocalDate> sent = date(expected);
    return same(sent.isPresent() && sent.equals(date(actual)));
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text.trim()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Outcome instants(String expected, String actual) {
    Optional<Instant> sent = instant(expected).map(i -> i.truncatedTo(ChronoUnit.MILLIS));
    Optional<Instant> found = instant(actual).map(i -> i.truncatedTo(ChronoUnit.MILLIS));
    if (sent.isPresent() && sent.equals(found)) {
      return Outcome.SAME;
    }
    return normalised(
        sent.isPresent() && sent.map(i -> i.truncatedTo(ChronoUnit.SECONDS)).equals(found));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text.trim(), INSTANT).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Outcome times(String expected, String actual) {
    Optional<LocalTime> sent = time(expected);
    return same(sent.isPresent() && sent.equals(time(actual)));
  }

  private static Optional<LocalTime> time(String text) {
    try {
      String plain = text.trim();
      LocalTime time =
          LocalTime.parse(plain.endsWith("Z") ? plain.substring(0, plain.length() - 1) : plain);
      return Optional.of(
          time.with(ChronoField.MILLI_OF_SECOND, time.get(ChronoField.MILLI_OF_SECOND)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Ids of 15 characters are the first 15 of the 18. */
  private static Outcome ids(String expected, String actual) {
    int digits = 15;
    boolean both = expected.length() >= digits && actual.length() >= digits;
    return same(both && expected.regionMatches(0, actual, 0, digits));
  }

  private static Outcome same(boolean same) {
    return same ? Outcome.SAME : Outcome.DIFFERENT;
  }

  private static Outcome normalised(boolean same) {
    return same ? Outcome.NORMALISED : Outcome.DIFFERENT;
  }
}
