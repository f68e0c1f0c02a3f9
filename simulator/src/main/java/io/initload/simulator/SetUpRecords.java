package io.initload.simulator;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.setup.OrgSetup;
import io.initload.simulator.setup.QueueSetup;
import io.initload.simulator.setup.UserSetup;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoredRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The records that stand for what an administrator has set up. */
final class SetUpRecords {
  private static final int ALIAS_MAX = 8;

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
  static void write(OrgSetup setup, Records records, Instant now) {
    SetUpRecords setUp = new SetUpRecords(records, now);
    setup.users().forEach(setUp::user);
    setup.queues().forEach(setUp::queue);
    for (SObjectType type : records.schema().objects()) {
      type.rules().recordTypes().forEach(recordType -> setUp.recordType(type, recordType));
    }
  }

  private void user(UserSetup user) {
    SObjectType type = object("User");
    Field username = type.field("Username").orElseThrow();
    if (records.byKey(type, username, user.username(), 1).isEmpty()) {
      Map<String, String> values = new TreeMap<>();
      values.put("Username", user.username());
      values.put("LastName", user.lastName());
      values.put("Email", user.username());
      values.put(
          "Alias", user.username().substring(0, Math.min(ALIAS_MAX, user.username().length())));
      values.put("IsActive", Boolean.toString(!user.inactive()));
      values.put("FederationIdentifier", user.federationId());
      Founders.insert(records, "User", now, values);
    }
  }

  private void queue(QueueSetup queue) {
    if (find("Group", r -> has(r, "DeveloperName", queue.developerName())).isPresent()) {
      return;
    }
    queue.objects().forEach(this::requireQueues);
    Founders.insert(
        records,
        "Group",
        now,
        Map.of("Name", queue.label(), "DeveloperName", queue.developerName(), "Type", "Queue"));
    String id = find("Group", r -> has(r, "DeveloperName", queue.developerName())).orElseThrow();
    for (String object : queue.objects()) {
      Founders.insert(
          records,
          "QueueSobject",
          now,
          Map.of("QueueId", id, "SobjectType", object(object).name()));
    }
  }

  private void requireQueues(String object) {
    if (object(object).field("OwnerId").filter(f -> f.referenceTo().contains("Group")).isEmpty()) {
      throw new IllegalArgumentException("queues: no queue can own records of " + object);
    }
  }

  private Optional<String> find(String object, Predicate<StoredRecord> wanted) {
    try (RecordCursor cursor = records.scan(object(object), RecordCursor.Show.LIVE)) {
      while (cursor.next()) {
        if (wanted.test(cursor.record())) {
          return Optional.of(cursor.record().id());
        }
      }
    }
    return Optional.empty();
  }

  private SObjectType object(String name) {
    return records
        .schema()
        .object(name)
        .orElseThrow(() -> new IllegalArgumentException("there is no object " + name));
  }

  private static boolean has(StoredRecord record, String field, String value) {
    return record.value(field).filter(value::equals).isPresent();
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
              "IsActive", Boolean.toString(recordType.active()),
              "IsPersonType", Boolean.toString(recordType.person())));
    } else if (!isOf(kept.get(), type, recordType)) {
      throw new IllegalArgumentException(
          "The org's data has other record types than its setup, which says %s of %s."
                  .formatted(recordType.developerName(), type)
              + " Begin with an empty directory, or with the setup that the data began with.");
    }
  }

  private static boolean isOf(StoredRecord kept, SObjectType type, RecordType recordType) {
    return has(kept, "DeveloperName", recordType.developerName())
        && has(kept, "SobjectType", type.name());
  }
}
