package io.initload.simulator.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One field of an object, as its describe document says. Texts that may be absent are empty.
 *
 * @param index position among the fields of its object
 * @param relationshipName left part of {@code Rel.Field}; empty if there is none
 * @param detail whether the record goes when the parent goes
 * @param defaultValue value a new record gets when none is given; empty if there is none
 * @param picklistValues active API values, empty when there are none
 */
public record Field(
    int index,
    String name,
    String label,
    FieldType type,
    String soapType,
    int length,
    int precision,
    int scale,
    int digits,
    Writable writable,
    boolean nillable,
    boolean defaultedOnCreate,
    Keyed keyed,
    boolean caseSensitive,
    boolean restrictedPicklist,
    Set<String> picklistValues,
    List<String> referenceTo,
    String relationshipName,
    boolean polymorphic,
    boolean calculated,
    boolean locksParent,
    boolean detail,
    String defaultValue,
    SystemField system,
    boolean nameField,
    boolean autoNumber) {

  /** Who may write the field and when. */
  public record Writable(boolean onCreate, boolean onUpdate) {}

  /**
   * How the field serves as a key.
   *
   * @param searched whether the org itself looks for records by it
   */
  public record Keyed(boolean externalId, boolean idLookup, boolean unique, boolean searched) {
    /** Whether records can be found by this field without a scan. */
    public boolean indexed() {
      return externalId || idLookup || unique || searched;
    }
  }

  /** Fields whose values the org keeps by itself. */
  public enum SystemField {
    NONE,
    ID,
    IS_DELETED,
    CREATED_DATE,
    CREATED_BY,
    LAST_MODIFIED_DATE,
    LAST_MODIFIED_BY,
    SYSTEM_MODSTAMP,
    OWNER,
    IS_PERSON;

    static SystemField of(String fieldName) {
      return switch (fieldName) {
        case "Id" -> ID;
        case "IsDeleted" -> IS_DELETED;
        case "CreatedDate" -> CREATED_DATE;
        case "CreatedById" -> CREATED_BY;
        case "LastModifiedDate" -> LAST_MODIFIED_DATE;
        case "LastModifiedById" -> LAST_MODIFIED_BY;
        case "SystemModstamp" -> SYSTEM_MODSTAMP;
        case "OwnerId" -> OWNER;
        case "IsPersonAccount" -> IS_PERSON;
        default -> NONE;
      };
    }
  }

  /** The same field with its values in an index. */
  Field searched() {
    return new Field(
        index,
        name,
        label,
        type,
        soapType,
        length,
        precision,
        scale,
        digits,
        writable,
        nillable,
        defaultedOnCreate,
        new Keyed(keyed.externalId(), keyed.idLookup(), keyed.unique(), true),
        caseSensitive,
        restrictedPicklist,
        picklistValues,
        referenceTo,
        relationshipName,
        polymorphic,
        calculated,
        locksParent,
        detail,
        defaultValue,
        system,
        nameField,
        autoNumber);
  }

  /** Whether a new record must bring a value. */
  public boolean required() {
    return writable.onCreate() && !nillable && !defaultedOnCreate && defaultValue.isEmpty();
  }

  /** Whether the field's values are kept in an index: a key other than the record's id. */
  public boolean indexed() {
    return keyed.indexed() && system == SystemField.NONE && !type.isCompound();
  }

  /** Whether rows may name this field as the key of an upsert or of a parent. */
  public boolean canBeKey() {
    return keyed.externalId() || keyed.idLookup();
  }

  /** The relationship name, if the field leads to other records by name. */
  public Optional<String> relationship() {
    return relationshipName.isEmpty() ? Optional.empty() : Optional.of(relationshipName);
  }
}
