package io.initload.simulator.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An object of the org: its fields and its describe document. Immutable. */
public final class SObjectType {
  private final String name;
  private final String label;
  private final String keyPrefix;
  private final List<Field> fields;
  private final Map<String, Field> byName = new HashMap<>();
  private final Map<String, Field> byRelationship = new HashMap<>();
  private final ObjectNode describe;
  private final ObjectRules rules;

  SObjectType(
      String name, String label, String keyPrefix, List<Field> fields, ObjectNode describe) {
    this(name, label, keyPrefix, fields, describe, ObjectRules.NONE);
  }

  private SObjectType(
      String name,
      String label,
      String keyPrefix,
      List<Field> fields,
      ObjectNode describe,
      ObjectRules rules) {
    this.rules = rules;
    this.name = name;
    this.label = label;
    this.keyPrefix = keyPrefix;
    this.fields = List.copyOf(fields);
    this.describe = describe;
    for (Field field : fields) {
      byName.put(field.name().toLowerCase(Locale.ROOT), field);
      field
          .relationship()
          .ifPresent(r -> byRelationship.putIfAbsent(r.toLowerCase(Locale.ROOT), field));
    }
  }

  /** The same object under other rules. */
  SObjectType under(ObjectRules other) {
    List<Field> indexed = fields.stream().map(f -> other.searches(f) ? f.searched() : f).toList();
    return new SObjectType(name, label, keyPrefix, indexed, describe, other);
  }

  /** API name. */
  public String name() {
    return name;
  }

  public String label() {
    return label;
  }

  /** First three characters of its records' ids. */
  public String keyPrefix() {
    return keyPrefix;
  }

  /** Fields in the order of the describe document. */
  public List<Field> fields() {
    return fields;
  }

  /** A field by API name, in any case. */
  public Optional<Field> field(String fieldName) {
    return Optional.ofNullable(byName.get(fieldName.toLowerCase(Locale.ROOT)));
  }

  /** A reference field by its relationship name, in any case. */
  public Optional<Field> relationship(String relationshipName) {
    return Optional.ofNullable(byRelationship.get(relationshipName.toLowerCase(Locale.ROOT)));
  }

  /** What the org demands of its records besides the fields. */
  public ObjectRules rules() {
    return rules;
  }

  /** What a new record gets in a field when it brings nothing; empty if nothing. */
  public String usualValue(Field field) {
    return field.name().equals(RecordType.FIELD)
        ? rules.usualRecordType().map(RecordType::id).orElse("")
        : field.defaultValue();
  }

  /** The describe document with every attribute present. Not to be changed. */
  public ObjectNode describe() {
    return describe;
  }

  /** A boolean of the describe document's top level, such as {@code createable}. */
  public boolean can(String attribute) {
    return describe.path(attribute).asBoolean(false);
  }

  @Override
  public String toString() {
    return name;
  }
}
