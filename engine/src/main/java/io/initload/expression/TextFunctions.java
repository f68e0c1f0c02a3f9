package io.initload.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Functions of texts. Characters are counted as Salesforce does, in UTF-16 units. */
final class TextFunctions {
  private static final CelType NUMBER = ValueType.NUMBER.type();
  private static final CelType TEXT = ValueType.TEXT.type();

  /** More than any field takes. */
  private static final int CHARACTERS_MAX = 400_000;

  private TextFunctions() {}

  static void define(Language language) {
    List<CelType> one = List.of(TEXT);
    List<CelType> two = List.of(TEXT, TEXT);
    language.define("upper", TEXT, one, a -> ((String) a[0]).toUpperCase(Locale.ROOT));
    language.define("lower", TEXT, one, a -> ((String) a[0]).toLowerCase(Locale.ROOT));
    language.define("trim", TEXT, one, a -> ((String) a[0]).strip());
    language.define("length", NUMBER, one, a -> BigDecimal.valueOf(((String) a[0]).length()));
    language.define("contains", SimpleType.BOOL, two, a -> ((String) a[0]).contains((String) a[1]));
    language.define(
        "startsWith", SimpleType.BOOL, two, a -> ((String) a[0]).startsWith((String) a[1]));
    language.define("endsWith", SimpleType.BOOL, two, a -> ((String) a[0]).endsWith((String) a[1]));
    language.define("replace", TEXT, List.of(TEXT, TEXT, TEXT), TextFunctions::replaced);
    language.define("substr", TEXT, List.of(TEXT, NUMBER), a -> part(a, CHARACTERS_MAX));
    language.define(
        "substr",
        TEXT,
        List.of(TEXT, NUMBER, NUMBER),
        a -> part(a, Arguments.within(a[2], "the number of characters", 0, CHARACTERS_MAX)));
    language.define("padLeft", TEXT, List.of(TEXT, NUMBER, TEXT), TextFunctions::padded);
    language.define("text", TEXT, one, a -> a[0]);
    language.define("text", TEXT, List.of(NUMBER), a -> written(a[0]));
    language.define("text", TEXT, List.of(ValueType.BOOLEAN.type()), a -> a[0].toString());
  }

  /** The text by which a value is looked up, or joined: numbers plain, without trailing zeros. */
  static String written(Object value) {
    if (value instanceof Number) {
      BigDecimal number = Language.number(value);
      return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  /** A text that a row has room for. */
  static String bounded(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new Incomputable("makes a text of more than %,d characters".formatted(CHARACTERS_MAX));
    }
    return text;
  }

  private static String replaced(Object[] a) {
    String what = (String) a[1];
    if (what.isEmpty()) {
      return (String) a[0];
    }
    return bounded(((String) a[0]).replace(what, (String) a[2]));
  }

  /** As SUBSTR of databases: the first character is 1; a negative one counts from the end. */
  private static String part(Object[] a, int count) {
    String text = (String) a[0];
    int first = Arguments.within(a[1], "the first character", -CHARACTERS_MAX, CHARACTERS_MAX);
    int from = first < 0 ? text.length() + first : Math.max(0, first - 1);
    if (from < 0 || from >= text.length()) {
      return "";
    }
    return text.substring(from, (int) Math.min(text.length(), (long) from + count));
  }

  private static String padded(Object[] a) {
    String text = (String) a[0];
    String fill = (String) a[2];
    int width = Arguments.within(a[1], "the width", 0, 4_000);
    if (fill.length() != 1) {
      throw new Incomputable("fills with a text that is not one character");
    }
    return text.length() >= width ? text : fill.repeat(width - text.length()) + text;
  }
}
