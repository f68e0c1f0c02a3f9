package io.initload.simulator.model;

import java.util.List;
import java.util.Optional;

/** What an org demands of the records of an object besides its fields. Immutable. */
public record ObjectRules(List<RecordType> recordTypes) {
  /** Nothing. */
  public static final ObjectRules NONE = new ObjectRules(List.of());

  public ObjectRules {
    recordTypes = List.copyOf(recordTypes);
  }

  /** A record type by the id of 18 characters; empty also for the master type. */
  public Optional<RecordType> recordType(String id) {
    return recordTypes.stream().filter(t -> t.id().equals(id)).findFirst();
  }

  /** The type of new records that bring none. */
  public Optional<RecordType> usualRecordType() {
    return recordTypes.stream().filter(RecordType::usual).findFirst();
  }
}
