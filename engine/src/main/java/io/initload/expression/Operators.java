package io.initload.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.IntPredicate;

/** The signs of the language, and what deals with null. */
final class Operators {
  private static final CelType NUMBER = ValueType.NUMBER.type();
  private static final CelType TEXT = ValueType.TEXT.type();
  private static final CelType BOOL = SimpleType.BOOL;

  private Operators() {}

  static void define(Language language) {
    for (ValueType each : ValueType.values()) {
      CelType type = each.type();
      language.declare("_?_:_", type, List.of(BOOL, type, type));
      language.defineLax("_==_", BOOL, List.of(type, type), a -> same(a[0], a[1]));
      language.defineLax("_!=_", BOOL, List.of(type, type), a -> !same(a[0], a[1]));
      language.defineLax(
          "orElse", type, List.of(type, type), a -> a[0] == Language.NULL ? a[1] : a[0]);
      if (each != ValueType.BOOLEAN) {
        order(language, type);
      }
    }
    language.defineLax("isNull", BOOL, List.of(SimpleType.DYN), a -> a[0] == Language.NULL);
    language.define("_+_", TEXT, List.of(TEXT, TEXT), Operators::joined);
    arithmetic(language);
  }

  private static void order(Language language, CelType type) {
    compared(language, "_<_", type, order -> order < 0);
    compared(language, "_<=_", type, order -> order <= 0);
    compared(language, "_>_", type, order -> order > 0);
    compared(language, "_>=_", type, order -> order >= 0);
  }

  private static void compared(Language language, String sign, CelType type, IntPredicate holds) {
    language.define(sign, BOOL, List.of(type, type), a -> holds.test(compare(a[0], a[1])));
  }

  private static void arithmetic(Language language) {
    List<CelType> two = List.of(NUMBER, NUMBER);
    language.define("_+_", NUMBER, two, a -> left(a).add(right(a)));
    language.define("_-_", NUMBER, two, a -> left(a).subtract(right(a)));
    language.define("_*_", NUMBER, two, a -> left(a).multiply(right(a)));
    language.define("_/_", NUMBER, two, a -> divided(left(a), right(a)));
    language.define("_%_", NUMBER, two, a -> remainder(left(a), right(a)));
    language.define("-_", NUMBER, List.of(NUMBER), a -> left(a).negate());
    language.define("round", NUMBER, two, a -> left(a).setScale(digits(a), RoundingMode.HALF_UP));
  }

  private static Object joined(Object[] a) {
    return TextFunctions.bounded((String) a[0] + a[1]);
  }

  private static int digits(Object[] arguments) {
    return Arguments.within(arguments[1], "the number of digits", -30, 30);
  }

  private static BigDecimal divided(BigDecimal number, BigDecimal by) {
    if (by.signum() == 0) {
      throw new Incomputable("divides by zero");
    }
    return number.divide(by, MathContext.DECIMAL128);
  }

  private static BigDecimal remainder(BigDecimal number, BigDecimal by) {
    if (by.signum() == 0) {
      throw new Incomputable("divides by zero");
    }
    return number.remainder(by);
  }

  private static BigDecimal left(Object[] arguments) {
    return Language.number(arguments[0]);
  }

  private static BigDecimal right(Object[] arguments) {
    return Language.number(arguments[1]);
  }

  /** Numbers are the same whatever zeros follow the point; null is the same as null alone. */
  private static boolean same(Object one, Object other) {
    if (one == Language.NULL || other == Language.NULL) {
      return one == other;
    }
    return isNumber(one) ? compare(one, other) == 0 : one.equals(other);
  }

  private static boolean isNumber(Object value) {
    return value instanceof Number;
  }

  @SuppressWarnings("unchecked") // Both are of one type: the checker saw to it.
  private static int compare(Object one, Object other) {
    return isNumber(one)
        ? Language.number(one).compareTo(Language.number(other))
        : ((Comparable<Object>) one).compareTo(other);
  }
}
