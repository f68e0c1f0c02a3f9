package io.initload.mapping;

import io.initload.mapping.org.TargetField;
import java.math.BigDecimal;

/**
 * When two texts are the same external id. Results of a job print what was uploaded in another form
 * (doubles as {@code 9.12260031E8}, docs/reference/salesforce.md, "Result files") and Salesforce
 * takes {@code a} and {@code A} for one key unless the field is case-sensitive
 * (docs/reference/salesforce.md, "Describe"), so keys are compared in canonical form. Stateless.
 */
public enum KeyForm {
  /** Text, every letter as it is. */
  EXACT {
    @Override
    public String canonical(String value) {
      return trimmed(value);
    }
  },
  /** Text, letter case ignored. */
  IGNORE_CASE {
    @Override
    public String canonical(String value) {
      return folded(trimmed(value));
    }
  },
  /** A number; with the precision of a double, which is all that Salesforce keeps. */
  NUMBER {
    @Override
    public String canonical(String value) {
      return plain(trimmed(value));
    }
  };

  private static final int DIGITS_EXACT = 15;

  /**
   * The form in which equal keys are equal texts. Blanks and control characters around a text do
   * not count: Salesforce never stores them ("can never include leading and trailing whitespace",
   * Apex Developer Guide, Primitive Data Types). A text that is no number stays as it is.
   */
  public abstract String canonical(String value);

  /** The form of an external id field. */
  public static KeyForm of(TargetField field) {
    return switch (field.type()) {
      case "double", "currency", "percent", "int", "long" -> NUMBER;
      default -> field.caseSensitive() ? EXACT : IGNORE_CASE;
    };
  }

  /** Whether values of a column that differ may be one key all the same. */
  public boolean blurs(SourceColumn column) {
    boolean wide = column.precision() == 0 || column.precision() > DIGITS_EXACT;
    return column.type() == SourceColumn.Type.TEXT
        || (this == NUMBER && column.type() == SourceColumn.Type.NUMBER && wide);
  }

  static String trimmed(String value) {
    return value.trim();
  }

  /** Folds each character alone, as {@link String#equalsIgnoreCase} does. */
  private static String folded(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != fold(c)) {
        char[] chars = value.toCharArray();
        for (int k = i; k < chars.length; k++) {
          chars[k] = fold(chars[k]);
        }
        return new String(chars);
      }
    }
    return value;
  }

  private static char fold(char c) {
    return c < 0x80
        ? (c >= 'A' && c <= 'Z' ? (char) (c + 32) : c)
        : Character.toLowerCase(Character.toUpperCase(c));
  }

  private static String plain(String value) {
    if (isPlainInteger(value)) {
      return value;
    }
    try {
      double number = Double.parseDouble(value);
      if (Double.isNaN(number) || Double.isInfinite(number)) {
        return value;
      }
      return number == 0
          ? "0"
          : new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
    } catch (NumberFormatException e) {
      return value;
    }
  }

  private static boolean isPlainInteger(String value) {
    int from = value.startsWith("-") ? 1 : 0;
    int digits = value.length() - from;
    if (digits == 0 || digits > DIGITS_EXACT || value.charAt(from) == '0') {
      return value.equals("0");
    }
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
