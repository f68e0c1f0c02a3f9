package io.initload.simulator.model;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a validation rule looks for in one field. All that is said must hold.
 *
 * @param field API name
 * @param blank whether the field has no value
 * @param changed whether the row changes it; a new record changes what it brings
 * @param in values of which it has one, in any case
 * @param notIn values of which it has none; no value is none of them
 * @param above a number or a date that it exceeds
 * @param below a number or a date that exceeds it
 * @param matches a regular expression for the whole of a value
 */
public record RuleCondition(
    String field,
    @Nullable Boolean blank,
    @Nullable Boolean changed,
    @Nullable List<String> in,
    @Nullable List<String> notIn,
    @Nullable String above,
    @Nullable String below,
    @Nullable Pattern matches) {
  public RuleCondition {
    if (field == null || field.isEmpty()) {
      throw new IllegalArgumentException("a condition needs a field");
    }
  }

  /**
   * Whether it holds.
   *
   * @param value canonical text the field would have, empty if none
   * @param isChanged whether the row makes it another
   */
  public boolean holds(FieldType type, String value, boolean isChanged) {
    String text = type == FieldType.BOOLEAN && value.isEmpty() ? "false" : value;
    return is(blank, text.isEmpty())
        && is(changed, isChanged)
        && (in == null || contains(in, text))
        && (notIn == null || !contains(notIn, text))
        && (above == null || (!text.isEmpty() && compare(type, text, above) > 0))
        && (below == null || (!text.isEmpty() && compare(type, text, below) < 0))
        && (matches == null || (!text.isEmpty() && matches.matcher(text).matches()));
  }

  /**
   * Sees that bounds are of the field's kind.
   *
   * @throws IllegalArgumentException if one is not
   */
  void check(FieldType type) {
    for (@Nullable String bound : Arrays.asList(above, below)) {
      if (bound != null && isNumber(type) && !bound.matches("[-+]?\\d+(\\.\\d+)?")) {
        throw new IllegalArgumentException(
            "%s is a number and has no bound '%s'".formatted(field, bound));
      }
    }
  }

  private static boolean isNumber(FieldType type) {
    return type.isDecimal() || type == FieldType.INT || type == FieldType.LONG;
  }

  private static boolean is(@Nullable Boolean wanted, boolean actual) {
    return wanted == null || wanted == actual;
  }

  private static boolean contains(List<String> values, String text) {
    return values.stream().anyMatch(text::equalsIgnoreCase);
  }

  /** Canonical dates sort as they are read. */
  private static int compare(FieldType type, String value, String bound) {
    return isNumber(type)
        ? new BigDecimal(value).compareTo(new BigDecimal(bound))
        : value.compareTo(bound);
  }
}
