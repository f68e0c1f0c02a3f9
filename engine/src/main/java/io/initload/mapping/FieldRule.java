package io.initload.mapping;

import io.initload.config.TableConfig.Nulls;
import io.initload.config.ValuePolicy;
import io.initload.mapping.canonical.CanonicalForm;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;

/**
 * What a CSV field may hold and what is done with the rest.
 *
 * @param characters the field's length as Salesforce counts; 0 for no bound
 * @param dates {@code SEND} also where the field is neither date nor time
 * @param nullText for a text that reads as {@link #NULL}
 * @param absent what is written where there is nothing to write
 */
public record FieldRule(
    int characters,
    ValuePolicy.Controls controls,
    ValuePolicy.TooLong tooLong,
    ValuePolicy.Dates dates,
    ValuePolicy.NullText nullText,
    String absent) {
  /** What sets a field to null (docs/reference/salesforce.md, "CSV and values"). */
  public static final String NULL = CanonicalForm.NULL;

  /** Leaves it to the org. */
  public static final FieldRule NONE =
      new FieldRule(
          0,
          ValuePolicy.Controls.DROP,
          ValuePolicy.TooLong.SEND,
          ValuePolicy.Dates.SEND,
          ValuePolicy.NullText.SEND,
          "");

  /** The rule of a field that one column feeds. */
  public static FieldRule of(ValuePolicy policy, TargetField field, boolean key, String absent) {
    TargetKind kind = TargetKind.of(field);
    boolean dated =
        kind == TargetKind.DATE || kind == TargetKind.DATETIME || kind == TargetKind.TIME;
    boolean cut = policy.tooLong() == ValuePolicy.TooLong.TRUNCATE;
    ValuePolicy.Dates dates = dated ? policy.dates() : ValuePolicy.Dates.SEND;
    boolean moved = dates == ValuePolicy.Dates.CLAMP;
    return new FieldRule(
        kind == TargetKind.TEXT ? field.length() : 0,
        policy.controls(),
        // Two keys changed alike would be one record.
        key && cut ? ValuePolicy.TooLong.REJECT : policy.tooLong(),
        key && moved ? ValuePolicy.Dates.REJECT : dates,
        policy.nullText(),
        absent);
  }

  /** The rule of a field that several columns feed. */
  public static FieldRule joined(String absent) {
    return new FieldRule(
        0, NONE.controls(), NONE.tooLong(), NONE.dates(), ValuePolicy.NONE.nullText(), absent);
  }

  /**
   * What is written where there is nothing to write. Under {@code clear} it sets the field to null.
   * A checkbox cannot be null and gets its default; a field that the org fills cannot be null
   * either, and is left alone. One that a row must bring is sent as null all the same: the org
   * refuses the row, and says so.
   *
   * @param field the field of the object itself that is set
   */
  public static String absent(Nulls nulls, TargetField field) {
    if (nulls == Nulls.IGNORE) {
      return "";
    }
    if (TargetKind.of(field) == TargetKind.BOOLEAN) {
      return field.defaultValue().isEmpty() ? "false" : field.defaultValue();
    }
    return field.nillable() || !field.defaultedOnCreate() ? NULL : "";
  }
}
