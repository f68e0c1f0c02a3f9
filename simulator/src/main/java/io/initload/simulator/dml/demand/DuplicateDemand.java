package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.DuplicateRule;
import io.initload.simulator.model.DuplicateRule.Action;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.RecordCursor;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoredRecord;
import java.util.List;
import java.util.Optional;

/**
 * No record resembles another one by a duplicate rule that refuses it
 * (docs/reference/salesforce.md, "Rules of the administrator"). Rows of one transaction are
 * compared with the org's records, not with each other.
 */
final class DuplicateDemand implements Demand {
  private final SObjectType type;
  private final DuplicateRule rule;
  private final List<Field> fields;
  private final Records records;
  private final boolean refusesAlerts;

  private DuplicateDemand(
      SObjectType type, DuplicateRule rule, Records records, DemandRules rules) {
    this.type = type;
    this.rule = rule;
    this.fields = rule.fields().stream().flatMap(name -> type.field(name).stream()).toList();
    this.records = records;
    this.refusesAlerts = rules.alerts() == DemandRules.Alerts.REFUSED;
  }

  static List<Demand> on(SObjectType type, Records records, DemandRules rules) {
    return type.rules().duplicateRules().stream()
        .<Demand>map(rule -> new DuplicateDemand(type, rule, records, rules))
        .toList();
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    return refuses(record) && resembles(record)
        ? Optional.of(Objection.of(Reason.DUPLICATE, List.of()))
        : Optional.empty();
  }

  private boolean refuses(Candidate record) {
    Action action = record.isNew() ? rule.onCreate() : rule.onEdit();
    return action == Action.BLOCK || (action == Action.ALERT && refusesAlerts);
  }

  private boolean resembles(Candidate record) {
    boolean whole = fields.stream().noneMatch(f -> record.value(f).isEmpty());
    boolean moved = fields.stream().anyMatch(f -> !record.value(f).equals(record.before(f)));
    if (!whole || !moved) {
      return false;
    }
    String first = record.value(fields.get(0));
    try (RecordCursor cursor = records.range(type, fields.get(0), first, first)) {
      while (cursor.next()) {
        if (cursor.record().number() != record.number() && same(cursor.record(), record)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean same(StoredRecord other, Candidate record) {
    return fields.stream()
        .allMatch(f -> other.value(f.name()).filter(record.value(f)::equalsIgnoreCase).isPresent());
  }
}
