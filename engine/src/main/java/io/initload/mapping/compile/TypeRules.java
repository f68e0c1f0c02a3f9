package io.initload.mapping.compile;

import io.initload.config.TableConfig;
import io.initload.config.ValuePolicy;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a column's type means for a field's type: how to render it, and what may go wrong
 * (docs/reference/salesforce.md, "CSV and values" and "Describe").
 */
final class TypeRules {
  private static final int ID_SHORT = 15;
  private static final int DATE_CHARACTERS = "yyyy-MM-dd".length();
  private static final int DATETIME_CHARACTERS = "yyyy-MM-ddTHH:mm:ss".length();

  private static final Pattern FRACTION = Pattern.compile("\\((\\d)\\)");

  private final Findings findings;

  TypeRules(Findings findings) {
    this.findings = findings;
  }

  /** Chooses the rendering; reports what does not fit. */
  Rendering choose(SourceColumn column, TargetField field, ValuePolicy policy) {
    TargetKind kind = TargetKind.of(field);
    Rendering text =
        kind == TargetKind.TEXT
            ? text(column, policy, field.externalId() || field.idLookup())
            : Rendering.TEXT;
    if (unreadable(column, text)) {
      return Rendering.TEXT;
    }
    return switch (kind) {
      case TEXT -> text(column, text, field);
      case DECIMAL, INTEGER -> number(column, field);
      case BOOLEAN -> bool(column, field);
      case DATE -> date(column, field);
      case DATETIME -> dateTime(column, field);
      case TIME -> time(column, field);
      case ID -> id(column, field);
      case NONE -> Rendering.TEXT;
    };
  }

  /** The form of a column in a text, alone or as a piece of one. */
  static Rendering text(SourceColumn column, ValuePolicy policy, boolean key) {
    return switch (column.type()) {
      case TEXT -> policy.padding() == ValuePolicy.Padding.KEEP ? Rendering.PADDED : Rendering.TEXT;
      case BINARY ->
          policy.bytes() == ValuePolicy.Bytes.BASE64 && !key ? Rendering.BASE64 : Rendering.TEXT;
      default -> Rendering.TEXT;
    };
  }

  /** Checks a text made of several columns. */
  void checkComposite(int characters, TargetField field) {
    if (TargetKind.of(field) != TargetKind.TEXT) {
      findings.error(
          "TYPE_MISMATCH",
          "Columns joined to a text cannot feed a field of type " + field.type() + ".",
          "Feed a text field.");
    } else if (characters > field.length()) {
      tooLong("The columns joined can have", characters, field);
    }
  }

  /** Checks a field that takes several values. */
  void checkMultiSelect(TargetField field) {
    if (!field.type().equals("multipicklist")) {
      findings.error(
          "TYPE_MISMATCH",
          "A field of type %s takes no several values.".formatted(field.type()),
          "Feed a multi-select picklist, or join the columns by tables[].composites.");
    } else if (field.restrictedPicklist()) {
      picklist(field, "of each column");
    }
  }

  /** One of several values. */
  ColumnRead value(SourceColumn column, TableConfig table) {
    ValuePolicy policy = table.policy(column.name());
    Rendering rendering = text(column, policy, false);
    unreadable(column, rendering);
    return new ColumnRead(column.name(), rendering, policy.zone());
  }

  private void picklist(TargetField field, String columns) {
    findings.warning(
        "PICKLIST_RESTRICTED",
        "Only these values are taken, all others become dead letters: " + values(field) + ".",
        "Compare them with SELECT DISTINCT " + columns + ".");
  }

  /** Whether nothing can be made of a column's values; reported. */
  boolean unreadable(SourceColumn column, Rendering rendering) {
    boolean large =
        column.type() == SourceColumn.Type.BINARY
            && column.declared().toUpperCase(Locale.ROOT).matches(".*(LOB|LONG|LARGE|BFILE).*");
    if (column.type() == SourceColumn.Type.UNSUPPORTED
        || (large && rendering != Rendering.BASE64)) {
      findings.error(
          "COLUMN_NOT_LOADABLE",
          "A column of type %s cannot be loaded: CSV of the Bulk API has no form for it."
              .formatted(column.declared()),
          large
              ? "Leave the column out, or feed a text field that is no key with base64 (values.%s.bytes)."
                  .formatted(column.name())
              : "Leave the column out, or convert it by tables[].sql.");
      return true;
    }
    return false;
  }

  /** Characters that a value can have in a form of text; 0 when there is no bound. */
  static int characters(SourceColumn column, Rendering rendering) {
    return switch (column.type()) {
      case TEXT -> column.length();
      case BINARY ->
          rendering == Rendering.BASE64 ? (column.length() + 2) / 3 * 4 : column.length() * 2;
      case NUMBER -> column.precision() == 0 ? 0 : numberCharacters(column);
      case BOOLEAN -> "false".length();
      case DATE -> DATE_CHARACTERS;
      case DATETIME -> dateTimeCharacters(column);
      case FLOAT, INSTANT, TIME, INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> 0;
    };
  }

  /** With the digits of the fraction that the type has; databases have six where it names none. */
  private static int dateTimeCharacters(SourceColumn column) {
    Matcher named = FRACTION.matcher(column.declared());
    int unnamed = column.declared().equalsIgnoreCase("DATE") ? 0 : 6;
    int digits = named.find() ? Integer.parseInt(named.group(1)) : unnamed;
    return DATETIME_CHARACTERS + (digits == 0 ? 0 : 1 + digits);
  }

  private static int numberCharacters(SourceColumn column) {
    int scale = Math.max(0, column.scale());
    int whole = Math.max(1, column.precision() - column.scale());
    return 1 + whole + (scale == 0 ? 0 : 1 + scale);
  }

  private Rendering text(SourceColumn column, Rendering rendering, TargetField field) {
    int characters = characters(column, rendering);
    if (characters > field.length() && field.length() > 0) {
      // A sign needs a character that keys and codes never use: not worth a word.
      boolean onlyTheSign =
          column.type() == SourceColumn.Type.NUMBER && characters - 1 <= field.length();
      if (!onlyTheSign) {
        tooLong("The column can have", characters, field);
      }
    } else if (isUnbounded(column) && !field.restrictedPicklist()) {
      findings.warning(
          "TEXT_MAY_BE_TOO_LONG",
          "A column of type %s has no bound, the field holds %,d characters: longer rows become dead letters."
              .formatted(column.declared(), field.length()),
          "Look for the longest value before the load.");
    }
    if (column.type() == SourceColumn.Type.BINARY && rendering != Rendering.BASE64) {
      findings.warning(
          "BINARY_AS_HEX",
          "Bytes are written as hexadecimal digits in lower case.",
          "Nothing to do if that is what is wanted; else set values.%s.bytes to base64."
              .formatted(column.name()));
    }
    if (field.restrictedPicklist()) {
      picklist(field, column.name());
    }
    return rendering;
  }

  private Rendering number(SourceColumn column, TargetField field) {
    switch (column.type()) {
      // Whether they fit only the rows tell: most types allow more than is there.
      case NUMBER, FLOAT, BOOLEAN -> {}
      case TEXT -> parsed(column, field, "number");
      default -> mismatch(column, field);
    }
    return column.type() == SourceColumn.Type.TEXT ? Rendering.TEXT : Rendering.NUMBER;
  }

  private Rendering bool(SourceColumn column, TargetField field) {
    switch (column.type()) {
      case BOOLEAN -> {}
      case NUMBER -> {
        if (column.precision() != 1 || column.scale() > 0) {
          oneOf(column, "1 and 0");
        }
      }
      case TEXT -> oneOf(column, "Y/N, T/F, yes/no, true/false and 1/0, in any letter case,");
      default -> mismatch(column, field);
    }
    return Rendering.BOOLEAN;
  }

  private void oneOf(SourceColumn column, String values) {
    findings.warning(
        "BOOLEAN_VALUES",
        "Of the column %s only %s are understood; other rows become dead letters."
            .formatted(column.declared(), values),
        "Compare with SELECT DISTINCT " + column.name() + ".");
  }

  private Rendering date(SourceColumn column, TargetField field) {
    switch (column.type()) {
      case DATE -> {}
      case DATETIME, INSTANT ->
          findings.warning(
              "TIME_OF_DAY_CUT",
              "The column %s has a time of day, the field has none: it is cut."
                  .formatted(column.declared()),
              "Nothing to do if it is midnight in every row; else feed a datetime field.");
      case TEXT -> parsed(column, field, "date as 2020-12-31");
      default -> mismatch(column, field);
    }
    return column.type() == SourceColumn.Type.TEXT ? Rendering.TEXT : Rendering.DATE;
  }

  private Rendering dateTime(SourceColumn column, TargetField field) {
    switch (column.type()) {
      case DATETIME, INSTANT -> {}
      case DATE ->
          findings.warning(
              "DATE_AT_MIDNIGHT",
              "Dates become midnight of the source's zone, which people elsewhere see as another"
                  + " day.",
              "Feed a date field, or check sourceZone.");
      case TEXT -> parsed(column, field, "instant as 2020-12-31T23:59:59.000Z");
      default -> mismatch(column, field);
    }
    return column.type() == SourceColumn.Type.TEXT ? Rendering.TEXT : Rendering.DATETIME;
  }

  private Rendering time(SourceColumn column, TargetField field) {
    switch (column.type()) {
      case TIME -> {}
      case DATETIME, INSTANT ->
          findings.warning(
              "DATE_CUT",
              "The column %s has a date, the field has none: it is cut."
                  .formatted(column.declared()),
              "Feed a datetime field if the date matters.");
      case TEXT -> parsed(column, field, "time as 23:59:59.000Z");
      default -> mismatch(column, field);
    }
    return column.type() == SourceColumn.Type.TEXT ? Rendering.TEXT : Rendering.TIME;
  }

  private Rendering id(SourceColumn column, TargetField field) {
    if (column.type() != SourceColumn.Type.TEXT || column.length() < ID_SHORT) {
      findings.error(
          "ID_EXPECTED",
          "%s takes ids of the org (15 or 18 characters), which the column %s cannot hold."
              .formatted(field.name(), column.declared()),
          field.relationshipName().isEmpty()
              ? "Leave the field out."
              : "Name the parent by its external id: %s.External_ID__c, say."
                  .formatted(field.relationshipName()));
    } else {
      findings.warning(
          "ID_EXPECTED",
          field.name() + " takes ids of the org (15 or 18 characters); all others are rejected.",
          "Better name the parent by its external id.");
    }
    return Rendering.TEXT;
  }

  private void tooLong(String what, int characters, TargetField field) {
    findings.warning(
        "TEXT_TOO_LONG",
        "%s %,d characters, the field holds %,d: longer rows become dead letters."
            .formatted(what, characters, field.length()),
        "Look for the longest value, or enlarge the field.");
  }

  private void parsed(SourceColumn column, TargetField field, String form) {
    findings.warning(
        "TEXT_PARSED",
        "The text column %s feeds a field of type %s: rows whose text is no %s become dead letters."
            .formatted(column.declared(), field.type(), form),
        "Convert the column by tables[].sql if it has another form.");
  }

  private void mismatch(SourceColumn column, TargetField field) {
    findings.error(
        "TYPE_MISMATCH",
        "A column of type %s cannot feed a field of type %s."
            .formatted(column.declared(), field.type()),
        "Feed another field, or convert the column by tables[].sql.");
  }

  private static boolean isUnbounded(SourceColumn column) {
    return switch (column.type()) {
      case LONG_TEXT, JSON, XML -> true;
      case TEXT, BINARY -> column.length() == 0;
      case NUMBER, FLOAT, BOOLEAN, DATE, DATETIME, INSTANT, TIME, INTERVAL, UNSUPPORTED -> false;
    };
  }

  private static String values(TargetField field) {
    int shown = 12;
    int all = field.picklistValues().size();
    String list = String.join(", ", field.picklistValues().subList(0, Math.min(shown, all)));
    return all <= shown ? list : list + " and " + (all - shown) + " more";
  }
}
