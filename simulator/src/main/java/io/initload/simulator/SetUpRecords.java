package io.initload.simulator;

import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoredRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The records that stand for what an administrator has set up. */
final class SetUpRecords {
  private final Records records;
  private final Instant now;

  private SetUpRecords(Records records, Instant now) {
    this.records = records;
    this.now = now;
  }

  /**
   * Writes those that are not there.
   *
   * @throws IllegalArgumentException if kept data has others in their place
   */
  static void write(Records records, Instant now) {
    SetUpRecords setUp = new SetUpRecords(records, now);
    for (SObjectType type : records.schema().objects()) {
      type.rules().recordTypes().forEach(recordType -> setUp.recordType(type, recordType));
    }
  }

  private void recordType(SObjectType type, RecordType recordType) {
    Optional<StoredRecord> kept = records.byId(recordType.id());
    if (kept.isEmpty()) {
      Founders.insert(
          records,
          "RecordType",
          now,
          Map.of(
              "Name", recordType.label(),
              "DeveloperName", recordType.developerName(),
              "SobjectType", type.name(),
              "IsActive", Boolean.toString(recordType.active())));
    } else if (!isOf(kept.get(), type, recordType)) {
      throw new IllegalArgumentException(
          "The org's data has other record types than its setup, which says %s of %s."
                  .formatted(recordType.developerName(), type)
              + " Begin with an empty directory, or with the setup that the data began with.");
    }
  }

  private static boolean isOf(StoredRecord kept, SObjectType type, RecordType recordType) {
    return kept.value("DeveloperName").filter(recordType.developerName()::equals).isPresent()
        && kept.value("SobjectType").filter(type.name()::equals).isPresent();
  }
}
