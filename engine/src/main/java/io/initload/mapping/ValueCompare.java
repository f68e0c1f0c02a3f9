package io.initload.mapping;

import io.initload.mapping.canonical.CanonicalText;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
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
 * <p>What is equal by {@link CanonicalText}, by which rows are digested, is equal here; more is
 * tolerated here than there. Empty means null. A null sent to a field that has a default on create,
 * as all booleans have, may be anything in the org. Encrypted fields come back masked and cannot be
 * compared. Stateless.
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

  /** Digits that no number of a field has, before or behind the point. */
  private static final int SCALE_MAX = 400;

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
    CanonicalText form = CanonicalText.of(field);
    boolean equal = form.of(expected).equals(form.of(actual));
    return switch (kind) {
      case TEXT -> normalised(equal);
      case DECIMAL, INTEGER -> numbers(field, expected, actual, equal);
      case DATETIME ->
          equal ? Outcome.SAME : normalised(form.stored(expected).equals(form.of(actual)));
      case BOOLEAN, DATE, TIME, ID, NONE -> same(equal);
    };
  }

  private static Outcome numbers(TargetField field, String expected, String actual, boolean equal) {
    try {
      BigDecimal sent = new BigDecimal(expected.trim());
      BigDecimal found = new BigDecimal(actual.trim());
      if (sent.compareTo(found) == 0) {
        return Outcome.SAME;
      }
      return normalised(
          equal || rounded(sent, field.scale()).stream().anyMatch(r -> r.compareTo(found) == 0));
    } catch (NumberFormatException e) {
      return Outcome.DIFFERENT;
    }
  }

  /** What an org that rounds may make of a number; nothing of one that no field can hold. */
  private static List<BigDecimal> rounded(BigDecimal sent, int scale) {
    return Math.abs((long) sent.scale()) > SCALE_MAX
        ? List.of()
        : Stream.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)
            .map(mode -> sent.setScale(scale, mode))
            .toList();
  }

  private static Outcome same(boolean same) {
    return same ? Outcome.SAME : Outcome.DIFFERENT;
  }

  private static Outcome normalised(boolean same) {
    return same ? Outcome.NORMALISED : Outcome.DIFFERENT;
  }
}
