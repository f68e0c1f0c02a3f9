package io.initload.expression;

import dev.cel.common.types.CelType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.ParsePosition;
import java.util.List;
import java.util.Locale;

/** Numbers out of texts and into them. */
final class NumberFunctions {
  private static final CelType NUMBER = ValueType.NUMBER.type();
  private static final CelType TEXT = ValueType.TEXT.type();
  private static final int CHARACTERS_MAX = 60;

  private NumberFunctions() {}

  static void define(Language language) {
    language.define("number", NUMBER, List.of(TEXT), a -> plain((String) a[0]));
    language.define("parseNumber", NUMBER, List.of(TEXT, TEXT), a -> parsed(a, Locale.ROOT));
    language.define(
        "parseNumber", NUMBER, List.of(TEXT, TEXT, TEXT), a -> parsed(a, locale((String) a[2])));
    language.define(
        "formatNumber",
        TEXT,
        List.of(NUMBER, TEXT),
        a -> format((String) a[1], Locale.ROOT).format(Language.number(a[0])));
    language.define(
        "formatNumber",
        TEXT,
        List.of(NUMBER, TEXT, TEXT),
        a -> format((String) a[1], locale((String) a[2])).format(Language.number(a[0])));
  }

  private static BigDecimal plain(String text) {
    String stripped = text.strip();
    if (stripped.length() > CHARACTERS_MAX || !stripped.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
      throw new Incomputable("takes a text for a number that is none");
    }
    return new BigDecimal(stripped);
  }

  private static BigDecimal parsed(Object[] a, Locale locale) {
    String text = ((String) a[0]).strip();
    ParsePosition at = new ParsePosition(0);
    Object number = format((String) a[1], locale).parse(text, at);
    if (at.getIndex() < text.length() || !(number instanceof BigDecimal found)) {
      throw new Incomputable("takes a text for a number that is none of the form " + a[1]);
    }
    return found;
  }

  /**
   * A form of numbers; each call its own, since they are not thread-safe.
   *
   * @throws IllegalArgumentException when the pattern is none
   */
  static DecimalFormat format(String pattern, Locale locale) {
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
    format.setParseBigDecimal(true);
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  /** The language whose signs a number has. */
  static Locale locale(String tag) {
    return Locale.forLanguageTag(tag);
  }
}
