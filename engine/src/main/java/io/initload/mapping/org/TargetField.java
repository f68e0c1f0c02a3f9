package io.initload.mapping.org;

import java.util.List;

/**
 * A field as the org describes it (docs/reference/salesforce.md, "Describe").
 *
 * @param type the describe type in lower case, such as {@code string} or {@code double}
 * @param length characters for texts, else 0
 * @param digits for {@code int}
 * @param defaultValue what a checkbox has without a value; empty where the describe names none
 * @param relationshipName left part of {@code Rel.Field}; empty when there is none
 */
public record TargetField(
    String name,
    String type,
    int length,
    int precision,
    int scale,
    int digits,
    boolean createable,
    boolean updateable,
    boolean nillable,
    boolean defaultedOnCreate,
    boolean externalId,
    boolean idLookup,
    boolean unique,
    boolean caseSensitive,
    List<String> referenceTo,
    String relationshipName,
    boolean polymorphic,
    boolean restrictedPicklist,
    List<String> picklistValues,
    String defaultValue) {
  public TargetField {
    referenceTo = List.copyOf(referenceTo);
    picklistValues = List.copyOf(picklistValues);
  }

  /** The same field where it takes these values of its picklist alone. */
  public TargetField restrictedTo(List<String> values) {
    return new TargetField(
        name,
        type,
        length,
        precision,
        scale,
        digits,
        createable,
        updateable,
        nillable,
        defaultedOnCreate,
        externalId,
        idLookup,
        unique,
        caseSensitive,
        referenceTo,
        relationshipName,
        polymorphic,
        restrictedPicklist,
        values,
        defaultValue);
  }
}
