package io.initload.simulator.dml.demand;

import java.util.List;

/**
 * Why a record may not become what a row would make it.
 *
 * @param details what the reason's text names, in its order
 * @param fields API names of the fields concerned
 */
public record Objection(Reason reason, List<String> details, List<String> fields) {
  public Objection {
    details = List.copyOf(details);
    fields = List.copyOf(fields);
  }

  static Objection of(Reason reason, List<String> details, String... fields) {
    return new Objection(reason, details, List.of(fields));
  }

  /** Kinds of reasons, with the status code of each. */
  public enum Reason {
    /** The user does not have the record type; detail: its id. */
    RECORD_TYPE("INVALID_CROSS_REFERENCE_KEY"),
    /** The record type does not have the value; details: label of the field, value. */
    PICKLIST("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
    /** The record would be among its own parents; detail: label of the field. */
    LOOP("CIRCULAR_DEPENDENCY"),
    /** The same by the other code it may have. */
    LOOP_AS_INTEGRITY("FIELD_INTEGRITY_EXCEPTION"),
    /** A rule of the administrator's refuses it; detail: the rule's own words. */
    VALIDATION("FIELD_CUSTOM_VALIDATION_EXCEPTION"),
    /** It resembles another record. */
    DUPLICATE("DUPLICATES_DETECTED"),
    /** The new owner has left; details: id, label of the object. */
    INACTIVE_OWNER("INACTIVE_OWNER_OR_USER"),
    /** The new owner is no queue for the object. */
    QUEUE("INVALID_OPERATION"),
    /** It has a field of another kind of record; details: object, names of the fields. */
    BAD_FIELDS("INVALID_FIELD_FOR_INSERT_UPDATE"),
    /** A person would become a business, or the reverse. */
    CONVERSION("INVALID_FIELD_FOR_INSERT_UPDATE"),
    /** It would lack a name; detail: the field. */
    REQUIRED("REQUIRED_FIELD_MISSING");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }

  /** One of the texts that the reason's text names. */
  public String detail(int index) {
    return details.get(index);
  }
}
