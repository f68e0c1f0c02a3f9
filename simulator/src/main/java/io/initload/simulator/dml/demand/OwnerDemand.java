package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoredRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A new owner is an active user, or a queue for records of the object
 * (docs/reference/salesforce.md, "Owners and queues"). What was found of an owner holds for the
 * transaction.
 */
final class OwnerDemand implements Demand {
  private final SObjectType type;
  private final Field owner;
  private final Records records;
  private final boolean refusesInactive;
  private final Map<String, Optional<Objection>> known = new HashMap<>();

  private OwnerDemand(SObjectType type, Field owner, Records records, DemandRules rules) {
    this.type = type;
    this.owner = owner;
    this.records = records;
    this.refusesInactive = rules.inactiveOwners() == DemandRules.InactiveOwners.REFUSED;
  }

  static Optional<Demand> on(
      SObjectType type, Predicate<Field> written, Records records, DemandRules rules) {
    return type.fields().stream()
        .filter(written)
        .filter(f -> f.system() == Field.SystemField.OWNER)
        .findFirst()
        .map(owner -> new OwnerDemand(type, owner, records, rules));
  }

  @Override
  public void begin() {
    known.clear();
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    String id = record.value(owner);
    return id.isEmpty() || !record.brings(owner) || id.equals(record.before(owner))
        ? Optional.empty()
        : known.computeIfAbsent(id, this::judge);
  }

  private Optional<Objection> judge(String id) {
    return records.byId(id).flatMap(found -> judge(id, found));
  }

  private Optional<Objection> judge(String id, StoredRecord found) {
    if (found.type().name().equals("Group")) {
      return owns(id) ? Optional.empty() : objection(Reason.QUEUE, List.of());
    }
    boolean active = found.value("IsActive").filter("true"::equals).isPresent();
    return active || !refusesInactive
        ? Optional.empty()
        : objection(Reason.INACTIVE_OWNER, List.of(id, type.label().toLowerCase(Locale.ROOT)));
  }

  private boolean owns(String queue) {
    SObjectType links = records.schema().object("QueueSobject").orElseThrow();
    try (RecordCursor cursor = records.scan(links, RecordCursor.Show.LIVE)) {
      while (cursor.next()) {
        if (has(cursor.record(), "QueueId", queue)
            && has(cursor.record(), "SobjectType", type.name())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean has(StoredRecord record, String field, String value) {
    return record.value(field).filter(value::equals).isPresent();
  }

  private static Optional<Objection> objection(Reason reason, List<String> details) {
    return Optional.of(Objection.of(reason, details));
  }
}
