package io.initload.simulator.model;

import java.util.List;
import java.util.Optional;

/** What an org demands of the records of an object besides its fields. Immutable. */
public record ObjectRules(
    List<RecordType> recordTypes,
    List<ValidationRule> validationRules,
    List<DuplicateRule> duplicateRules) {
  /** Nothing. */
  public static final ObjectRules NONE = new ObjectRules(List.of(), List.of(), List.of());

  public ObjectRules {
    recordTypes = List.copyOf(recordTypes);
    validationRules = List.copyOf(validationRules);
    duplicateRules = List.copyOf(duplicateRules);
  }

  /** A record type by the id of 18 characters; empty also for the master type. */
  public Optional<RecordType> recordType(String id) {
    return recordTypes.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** The type of new records that bring none. */
  public Optional<RecordType> usualRecordType() {
    return recordTypes.stream().filter(RecordType::usual).findFirst();
  }

  /** Whether records with a record type, by its id, are persons. */
  public boolean isPerson(String recordType) {
    return recordType(recordType).filter(RecordType::person).isPresent();
  }

  /** Whether some of the records are persons. */
  public boolean hasPersons() {
    return recordTypes.stream().anyMatch(RecordType::person);
  }

  /** Whether records are looked for by a field, so that its values must be kept in an index. */
  boolean searches(Field field) {
    return duplicateRules.stream().anyMatch(r -> r.fields().get(0).equalsIgnoreCase(field.name()));
  }
}
