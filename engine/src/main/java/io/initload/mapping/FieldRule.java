package io.initload.mapping;

import io.initload.config.ValuePolicy;

/**
 * What a CSV field may hold and what is done with the rest.
 *
 * @param characters the field's length as Salesforce counts; 0 for no bound
 * @param dates {@code SEND} also where the field is no date
 */
public record FieldRule(
    int characters,
    ValuePolicy.Controls controls,
    ValuePolicy.TooLong tooLong,
    ValuePolicy.Dates dates) {
  /** Leaves it to the org. */
  public static final FieldRule NONE =
      new FieldRule(0, ValuePolicy.Controls.DROP, ValuePolicy.TooLong.SEND, ValuePolicy.Dates.SEND);

  static FieldRule of(ValuePolicy policy, TargetField field, boolean key) {
    TargetKind kind = TargetKind.of(field);
    boolean dated = kind == TargetKind.DATE || kind == TargetKind.DATETIME;
    boolean cut = policy.tooLong() == ValuePolicy.TooLong.TRUNCATE;
    ValuePolicy.Dates dates = dated ? policy.dates() : ValuePolicy.Dates.SEND;
    boolean moved = dates == ValuePolicy.Dates.CLAMP;
    return new FieldRule(
        kind == TargetKind.TEXT ? field.length() : 0,
        policy.controls(),
        // Two keys changed alike would be one record.
        key && cut ? ValuePolicy.TooLong.REJECT : policy.tooLong(),
        key && moved ? ValuePolicy.Dates.REJECT : dates);
  }
}
