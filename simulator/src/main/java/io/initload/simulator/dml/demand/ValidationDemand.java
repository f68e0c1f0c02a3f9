package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.RuleCondition;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.ValidationRule;
import java.util.List;
import java.util.Optional;

/**
 * No validation rule fires (docs/reference/salesforce.md, "Rules of the administrator"). Of several
 * that do the first is told.
 */
final class ValidationDemand implements Demand {
  private final SObjectType type;

  private ValidationDemand(SObjectType type) {
    this.type = type;
  }

  static Optional<Demand> on(SObjectType type) {
    return type.rules().validationRules().isEmpty()
        ? Optional.empty()
        : Optional.of(new ValidationDemand(type));
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    return type.rules().validationRules().stream()
        .filter(rule -> rule.when().stream().allMatch(condition -> holds(condition, record)))
        .findFirst()
        .map(ValidationDemand::refusal);
  }

  private boolean holds(RuleCondition condition, Candidate record) {
    return type.field(condition.field())
        .filter(field -> holds(condition, field, record))
        .isPresent();
  }

  private static boolean holds(RuleCondition condition, Field field, Candidate record) {
    String value = record.value(field);
    return condition.holds(field.type(), value, !value.equals(record.before(field)));
  }

  private static Objection refusal(ValidationRule rule) {
    return new Objection(
        Reason.VALIDATION,
        List.of(rule.message()),
        rule.field().isEmpty() ? List.of() : List.of(rule.field()));
  }
}
