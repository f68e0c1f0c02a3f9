package io.initload.expression;

import java.math.BigDecimal;

/** What functions check of what they are given. */
final class Arguments {
  private Arguments() {}

  /** A whole number within bounds. */
  static int within(Object value, String what, int min, int max) {
    BigDecimal number = Language.number(value);
    if (number.compareTo(BigDecimal.valueOf(min)) < 0
        || number.compareTo(BigDecimal.valueOf(max)) > 0
        || number.stripTrailingZeros().scale() > 0) {
      throw new Incomputable(
          "has %s for %s, which is no whole number from %d to %d"
              .formatted(number.toPlainString(), what, min, max));
    }
    return number.intValueExact();
  }
}
