package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.DemandRules.LoopCode;
import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.Records;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * No record is its own parent, nor the parent of one of its parents (docs/reference/salesforce.md,
 * "Hierarchies"). A new record has no children, so that only changes can close a loop. Sees what
 * the rows before in the same transaction have changed; must be asked last, since what it has let
 * pass counts as written.
 */
final class HierarchyDemand implements Demand {
  private final SObjectType type;
  private final Field field;
  private final Records records;
  private final Reason reason;
  private final Map<String, String> changed = new HashMap<>();

  private HierarchyDemand(SObjectType type, Field field, Records records, LoopCode code) {
    this.type = type;
    this.field = field;
    this.records = records;
    this.reason = code == LoopCode.CIRCULAR_DEPENDENCY ? Reason.LOOP : Reason.LOOP_AS_INTEGRITY;
  }

  static List<Demand> on(
      SObjectType type, Predicate<Field> written, Records records, DemandRules rules) {
    return type.fields().stream()
        .filter(written)
        .filter(f -> f.referenceTo().contains(type.name()))
        .filter(
            f -> rules.hierarchies().stream().anyMatch((type + "." + f.name())::equalsIgnoreCase))
        .<Demand>map(f -> new HierarchyDemand(type, f, records, rules.loops()))
        .toList();
  }

  @Override
  public void begin() {
    changed.clear();
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    if (record.isNew() || !record.brings(field)) {
      return Optional.empty();
    }
    String self = records.ids().id(type.keyPrefix(), record.number());
    Set<String> passed = new HashSet<>();
    for (String at = record.value(field); !at.isEmpty() && passed.add(at); at = parent(at)) {
      if (at.equals(self)) {
        return Optional.of(Objection.of(reason, List.of(field.label()), field.name()));
      }
    }
    changed.put(self, record.value(field));
    return Optional.empty();
  }

  private String parent(String id) {
    String pending = changed.get(id);
    return pending != null ? pending : records.byId(id).map(r -> r.value(field)).orElse("");
  }
}
