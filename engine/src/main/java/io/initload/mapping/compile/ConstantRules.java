package io.initload.mapping.compile;

import io.initload.Nearest;
import io.initload.mapping.FieldRule;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.function.Function;

/** Whether a field takes a constant, which can be told before the first row. */
final class ConstantRules {
  private final Findings findings;

  ConstantRules(Findings findings) {
    this.findings = findings;
  }

  void check(String value, TargetField field) {
    if (value.equals(FieldRule.NULL)) {
      return;
    }
    switch (TargetKind.of(field)) {
      case TEXT -> text(value, field);
      case DECIMAL -> form(parses(value, BigDecimal::new), value, field, "a number as 12.5");
      case INTEGER ->
          form(value.matches("-?[0-9]+"), value, field, "a whole number as 12, digits only");
      case BOOLEAN ->
          form(value.equals("true") || value.equals("false"), value, field, "true or false");
      case DATE -> form(parses(value, LocalDate::parse), value, field, "a date as 2020-12-31");
      case DATETIME ->
          form(
              parses(value, OffsetDateTime::parse),
              value,
              field,
              "an instant as 2020-12-31T23:59:59.000Z");
      case TIME -> form(parses(value, OffsetTime::parse), value, field, "a time as 23:59:59.000Z");
      case ID -> form(value.matches("\\w{15}(\\w{3})?"), value, field, "an id of the org");
      case NONE -> {}
    }
  }

  private void text(String value, TargetField field) {
    int characters = value.codePointCount(0, value.length());
    if (field.length() > 0 && characters > field.length()) {
      findings.error(
          "CONSTANT_BAD",
          "\"%s\" has %,d characters, the field holds %,d."
              .formatted(value, characters, field.length()),
          "Shorten it.");
    } else if (field.restrictedPicklist() && !field.picklistValues().contains(value)) {
      findings.error(
          "CONSTANT_BAD",
          "\"%s\" is not a value of the picklist%s."
              .formatted(value, Nearest.hint(value, field.picklistValues())),
          "Use one of its values, or add this one in Setup.");
    }
  }

  private void form(boolean right, String value, TargetField field, String form) {
    if (!right) {
      findings.error(
          "CONSTANT_BAD",
          "\"%s\" is not %s, which a field of type %s takes.".formatted(value, form, field.type()),
          "Write it in that form.");
    }
  }

  private static boolean parses(String value, Function<String, Object> parser) {
    try {
      return !parser.apply(value).toString().isEmpty();
    } catch (NumberFormatException | DateTimeException e) {
      return false;
    }
  }
}
