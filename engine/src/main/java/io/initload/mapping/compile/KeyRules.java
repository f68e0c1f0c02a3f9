package io.initload.mapping.compile;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import java.util.List;

/** Whether records can be told apart by a field, and rows by the columns that feed it. */
final class KeyRules {
  /** Digits that a double tells apart. */
  private static final int DIGITS_EXACT = 15;

  private final TargetObject object;
  private final boolean inserted;
  private final Findings findings;

  /**
   * @param inserted whether rows are inserted, so that the org need not know the field as an
   *     external id
   */
  KeyRules(TargetObject object, boolean inserted, Findings findings) {
    this.object = object;
    this.inserted = inserted;
    this.findings = findings;
  }

  void check(TargetField field, List<SourceColumn> sources) {
    if (inserted ? tellsRowsApart(field) : isExternalId(field)) {
      sources.forEach(source -> column(field, source));
    }
  }

  private boolean tellsRowsApart(TargetField field) {
    if (!field.type().equals("string")) {
      findings.error(
          "ROW_KEY_TYPE",
          "%s is of type %s: of inserted rows only a text comes back as it was sent, by which their results are told apart."
              .formatted(field.name(), field.type()),
          "Name a text field as externalId; where the object has none, make one in Setup.");
      return false;
    }
    if (!field.unique()) {
      findings.warning(
          "ROW_KEY_TRUSTED",
          field.name()
              + " is not unique in the org: that no two records share a value is taken on trust.",
          "Mark the field as Unique in Setup; or see to it that nobody else fills it.");
    }
    return true;
  }

  private boolean isExternalId(TargetField field) {
    boolean usable = field.externalId() || field.idLookup();
    if (!usable || field.type().equals("id")) {
      List<String> known =
          object.fields().stream().filter(TargetField::externalId).map(TargetField::name).toList();
      findings.error(
          "EXTERNAL_ID_NOT_ONE",
          "%s is not an external id of %s%s."
              .formatted(
                  field.name(),
                  object.name(),
                  known.isEmpty() ? ", which has none" : ", which has " + String.join(", ", known)),
          "Mark the field as External ID and Unique in Setup, or name another; where the object can"
              + " have none, tables[].operation can be insert.");
      return false;
    }
    if (!field.unique()) {
      findings.warning(
          "EXTERNAL_ID_NOT_UNIQUE",
          field.name() + " is not unique: rows whose key exists twice in the org are rejected.",
          "Mark the field as Unique in Setup before the load.");
    }
    return true;
  }

  private void column(TargetField field, SourceColumn source) {
    if (!source.comparable()) {
      findings.error(
          "EXTERNAL_ID_TYPE",
          "A column of type %s can be no key: the database does not compare its values."
              .formatted(source.declared()),
          "Choose another column, or convert it to a bounded text by tables[].sql.");
    }
    if (source.nullable()) {
      findings.warning(
          "EXTERNAL_ID_NULLABLE",
          "The column %s may be null; such rows are quarantined.".formatted(source.name()),
          "Nothing to do if none is; else choose another key.");
    }
    boolean text = source.type() == SourceColumn.Type.TEXT;
    if (text && KeyForm.of(field) == KeyForm.NUMBER) {
      findings.error(
          "EXTERNAL_ID_TEXT",
          "%s is a number and the column %s a text: 1 and 01 would be one record unnoticed."
              .formatted(field.name(), source.name()),
          "Use a text field for the external id, or convert the column by tables[].sql.");
    }
    if (text && KeyForm.of(field) == KeyForm.IGNORE_CASE) {
      findings.warning(
          "EXTERNAL_ID_CASE",
          field.name()
              + " ignores letter case: keys that differ in nothing else are one record,"
              + " and quarantined.",
          "Make the field case-sensitive in Setup if the column has such keys.");
    }
    boolean wide = source.precision() == 0 || source.precision() > DIGITS_EXACT;
    if (KeyForm.of(field) == KeyForm.NUMBER && source.type() == SourceColumn.Type.NUMBER && wide) {
      findings.warning(
          "EXTERNAL_ID_DIGITS",
          "%s is a number: keys that differ only after %d digits are one record."
              .formatted(field.name(), DIGITS_EXACT),
          "Use a text field for the external id.");
    }
  }
}
