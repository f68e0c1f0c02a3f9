package io.initload.simulator.soql.bind;

import io.initload.simulator.model.SalesforceId;
import io.initload.simulator.soql.FieldKind;
import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.parse.Literal;
import io.initload.simulator.soql.parse.QueryText;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;

/**
 * Turns literals into values of the field they are compared with; refuses those of another type.
 */
final class Literals {
  private static final DateTimeFormatter DATETIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .appendPattern("[XXX][XX]")
          .toFormatter(java.util.Locale.ROOT);

  private final QueryText text;
  private final DateLiterals dates;

  Literals(QueryText text, DateLiterals dates) {
    this.text = text;
    this.dates = dates;
  }

  /** A relative date: values from {@code first} up to, not including, {@code end}. */
  record Span(Object first, Object end) {}

  /** The value, a {@link Span} for a relative date, or empty for null (an empty text is null). */
  Optional<Object> typed(Bound field, Literal literal) {
    return switch (literal.kind()) {
      case NULL -> Optional.empty();
      case BIND -> throw text.malformed(literal.at(), "Bind variables only allowed in Apex code");
      case NAME -> Optional.of(relative(field, literal));
      case TEXT ->
          literal.text().isEmpty() && isText(field)
              ? Optional.empty()
              : Optional.of(text(field, literal));
      case INTEGER, DECIMAL -> Optional.of(number(field, literal));
      case TRUE -> Optional.of(flag(field, literal, true));
      case FALSE -> Optional.of(flag(field, literal, false));
      case DATE -> Optional.of(date(field, literal));
      case DATETIME -> Optional.of(dateTime(field, literal));
    };
  }

  private static boolean isText(Bound field) {
    return field.kind() == FieldKind.TEXT
        || field.kind() == FieldKind.MULTI_PICKLIST
        || field.kind().isId();
  }

  private Object text(Bound field, Literal literal) {
    if (field.kind().isId()) {
      return SalesforceId.to18(literal.text())
          .orElseThrow(
              () ->
                  text.refuse(
                      SoqlError.INVALID_QUERY_FILTER_OPERATOR,
                      literal.at(),
                      "invalid ID field: " + literal.text()));
    }
    if (!isText(field)) {
      throw mismatch(field, literal);
    }
    return literal.text();
  }

  private Object number(Bound field, Literal literal) {
    if (!field.kind().isNumber()) {
      throw mismatch(field, literal);
    }
    if (field.kind() == FieldKind.INTEGER
        && literal.kind() == Literal.Kind.INTEGER
        && literal.text().length() < 18) {
      return Long.valueOf(literal.text());
    }
    return Double.valueOf(literal.text());
  }

  private Object flag(Bound field, Literal literal, boolean value) {
    if (field.kind() != FieldKind.BOOLEAN) {
      throw mismatch(field, literal);
    }
    return value;
  }

  private Object date(Bound field, Literal literal) {
    if (field.kind() != FieldKind.DATE) {
      throw mismatch(field, literal);
    }
    try {
      return LocalDate.parse(literal.text());
    } catch (DateTimeException e) {
      throw text.malformed(literal.at(), "Invalid date: " + literal.text());
    }
  }

  private Object dateTime(Bound field, Literal literal) {
    if (field.kind() != FieldKind.DATETIME) {
      throw mismatch(field, literal);
    }
    try {
      return OffsetDateTime.parse(literal.text().toUpperCase(java.util.Locale.ROOT), DATETIME)
          .toInstant();
    } catch (DateTimeException e) {
      throw text.malformed(literal.at(), "Invalid datetime: " + literal.text());
    }
  }

  private Object relative(Bound field, Literal literal) {
    Optional<DateLiterals.Days> days = dates.days(literal.text(), literal.count());
    if (days.isEmpty()) {
      throw text.malformed(literal.at(), "Bind variables only allowed in Apex code");
    }
    if (field.kind() == FieldKind.DATE) {
      return new Span(days.get().first(), days.get().end());
    }
    if (field.kind() != FieldKind.DATETIME) {
      throw mismatch(field, literal);
    }
    Instant first = days.get().firstInstant(dates.zone());
    return new Span(first, days.get().endInstant(dates.zone()));
  }

  private SoqlException mismatch(Bound field, Literal literal) {
    String quotes =
        isText(field) ? "should be enclosed in quotes" : "should not be enclosed in quotes";
    return text.invalid(
        literal.at(),
        "value of filter criterion for field '%s' must be of type %s and %s"
            .formatted(field.label(), field.kind().wireName(), quotes));
  }
}
