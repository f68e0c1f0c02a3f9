package io.initload.mapping.canonical;

import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The text in which values of a type are equal when Salesforce takes them for equal, however either
 * side writes them (docs/certificate.md, "The canonical form"). A text that is no value of the type
 * stays as it is.
 */
public enum CanonicalText {
  /** Without the blanks around it, which are not stored, and with line ends of one kind. */
  TEXT {
    @Override
    public String of(String text) {
      return lines(text).trim();
    }

    @Override
    StagedLook look() {
      return StagedLook.TEXT;
    }
  },
  /** The chosen values in one order, each once. */
  CHOICES {
    @Override
    public String of(String text) {
      TreeSet<String> values = new TreeSet<>();
      Arrays.stream(text.split(";", -1)).map(String::trim).forEach(values::add);
      return String.join(";", values);
    }
  },
  /** Shows that there is a value, and no more: the org returns it masked. */
  HIDDEN {
    @Override
    public String of(String text) {
      return text.isEmpty() ? "" : "*";
    }
  },
  /** A plain decimal: as it is up to 15 digits, beyond them as the double next to it. */
  NUMBER {
    @Override
    public String of(String text) {
      return PlainText.isNumber(text, PlainText.EXACT_DIGITS)
          ? text
          : parsed(text, CanonicalText::number);
    }

    @Override
    StagedLook look() {
      return StagedLook.NUMBER;
    }
  },
  BOOLEAN {
    @Override
    public String of(String text) {
      return text.toLowerCase(Locale.ROOT);
    }
  },
  DATE {
    @Override
    public String of(String text) {
      return PlainText.isDate(text)
          ? text
          : parsed(text, plain -> LocalDate.parse(plain).toString());
    }

    @Override
    StagedLook look() {
      return StagedLook.DATE;
    }
  },
  /** In UTC to the millisecond, without a zone. */
  DATETIME {
    @Override
    public String of(String text) {
      return parsed(text, plain -> moment(plain, ChronoUnit.MILLIS));
    }

    /** The org has "a precision of one second". */
    @Override
    public String stored(String sent) {
      return PlainText.isMoment(sent)
          ? sent.substring(0, PlainText.SECOND)
          : parsed(sent, plain -> moment(plain, ChronoUnit.SECONDS));
    }

    @Override
    StagedLook look() {
      return StagedLook.MOMENT;
    }
  },
  TIME {
    @Override
    public String of(String text) {
      return parsed(
          text,
          plain ->
              LocalTime.parse(plain.endsWith("Z") ? plain.substring(0, plain.length() - 1) : plain)
                  .truncatedTo(ChronoUnit.MILLIS)
                  .toString());
    }
  },
  /** Ids of 15 characters are the first 15 of the 18. */
  ID {
    @Override
    public String of(String text) {
      return text.length() < ID_DIGITS ? text : text.substring(0, ID_DIGITS);
    }
  },
  /** Any other: as it is. */
  NONE {
    @Override
    public String of(String text) {
      return text;
    }
  };

  private static final int ID_DIGITS = 15;

  /** Decimal digits that always tell a double from its neighbours. */
  private static final int ALL_DIGITS = 17;

  /** No double has more digits before or behind the point. */
  private static final int SCALE_MAX = 400;

  private static final DateTimeFormatter INSTANT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .optionalStart()
          .appendOffset("+HHMM", "Z")
          .optionalEnd()
          .optionalStart()
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT); // There is no 31 November.

  /** The form of a value of either side; empty stays empty. */
  public abstract String of(String text);

  /** The form in which the org is expected to hold a value that is sent. */
  public String stored(String sent) {
    return of(sent);
  }

  /** How a staged text, which has line ends of one kind, is seen to be in its form. */
  StagedLook look() {
    return StagedLook.ASK;
  }

  /** That of a field's values. */
  public static CanonicalText of(TargetField field) {
    return switch (field.type()) {
      case "multipicklist" -> CHOICES;
      case "encryptedstring" -> HIDDEN;
      default -> of(TargetKind.of(field));
    };
  }

  private static CanonicalText of(TargetKind kind) {
    return switch (kind) {
      case TEXT -> TEXT;
      case DECIMAL, INTEGER -> NUMBER;
      case BOOLEAN -> BOOLEAN;
      case DATE -> DATE;
      case DATETIME -> DATETIME;
      case TIME -> TIME;
      case ID -> ID;
      case NONE -> NONE;
    };
  }

  private static String lines(String text) {
    return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
  }

  private static String parsed(String text, Function<String, String> value) {
    try {
      return text.isEmpty() ? text : value.apply(text.trim());
    } catch (DateTimeException | NumberFormatException e) {
      return text;
    }
  }

  private static String moment(String plain, ChronoUnit unit) {
    String text = OffsetDateTime.parse(plain, INSTANT).toInstant().truncatedTo(unit).toString();
    return text.substring(0, text.length() - 1);
  }

  private static String number(String plain) {
    BigDecimal number = new BigDecimal(plain);
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = number.stripTrailingZeros();
    if (Math.abs((long) shortest.scale()) > SCALE_MAX) {
      return plain;
    }
    return (shortest.precision() <= PlainText.EXACT_DIGITS ? shortest : asDouble(shortest))
        .toPlainString();
  }

  /** The shortest decimal, of at least 15 digits, that is the same double. */
  private static BigDecimal asDouble(BigDecimal number) {
    double kept = number.doubleValue();
    if (Double.isInfinite(kept) || kept == 0) {
      return number;
    }
    BigDecimal exact = new BigDecimal(kept);
    BigDecimal rounded = exact.round(new MathContext(PlainText.EXACT_DIGITS));
    for (int digits = PlainText.EXACT_DIGITS + 1; rounded.doubleValue() != kept; digits++) {
      rounded = exact.round(new MathContext(Math.min(digits, ALL_DIGITS)));
    }
    return rounded.stripTrailingZeros();
  }
}
