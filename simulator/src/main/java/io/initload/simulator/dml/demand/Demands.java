package io.initload.simulator.dml.demand;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that an org demands of the records of one object, in the order in which it is looked at. For
 * one thread.
 */
public final class Demands {
  private final List<Demand> demands;

  private Demands(List<Demand> demands) {
    this.demands = demands;
  }

  /**
   * The demands on records of an object.
   *
   * @param written whether rows can say something of a field
   */
  public static Demands on(
      SObjectType type, Predicate<Field> written, Records records, DemandRules rules) {
    List<Demand> demands = new ArrayList<>();
    RecordTypeDemand.on(type).ifPresent(demands::add);
    PersonDemand.on(type).ifPresent(demands::add);
    OwnerDemand.on(type, written, records, rules).ifPresent(demands::add);
    ValidationDemand.on(type).ifPresent(demands::add);
    demands.addAll(DuplicateDemand.on(type, records, rules));
    demands.addAll(HierarchyDemand.on(type, written, records, rules));
    return new Demands(List.copyOf(demands));
  }

  /** Whether nothing is demanded, so that no record needs to be looked at. */
  public boolean none() {
    return demands.isEmpty();
  }

  /** Forgets the records of the last transaction. */
  public void begin() {
    demands.forEach(Demand::begin);
  }

  /** The first reason why a record may not be so; empty if it may. */
  public Optional<Objection> objection(Candidate record) {
    for (Demand demand : demands) {
      Optional<Objection> objection = demand.objection(record);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }
}
