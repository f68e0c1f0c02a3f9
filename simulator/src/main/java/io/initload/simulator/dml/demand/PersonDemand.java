package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.PersonAccounts;
import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import java.util.List;
import java.util.Optional;

/**
 * A person account has a last name in place of a name, and only persons have a person's fields
 * (docs/reference/salesforce.md, "Person accounts").
 */
final class PersonDemand implements Demand {
  private final SObjectType type;
  private final Field recordType;
  private final Field name;
  private final Field lastName;
  private final List<Field> ofPersons;

  private PersonDemand(SObjectType type, Field recordType, Field name, Field lastName) {
    this.type = type;
    this.recordType = recordType;
    this.name = name;
    this.lastName = lastName;
    this.ofPersons = type.fields().stream().filter(PersonAccounts::isOfPersons).toList();
  }

  static Optional<Demand> on(SObjectType type) {
    if (!type.rules().hasPersons()) {
      return Optional.empty();
    }
    return type.field(RecordType.FIELD)
        .flatMap(
            recordType ->
                type.field("Name")
                    .flatMap(
                        name ->
                            type.field("LastName")
                                .map(last -> new PersonDemand(type, recordType, name, last))));
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    boolean person = type.rules().isPerson(record.value(recordType));
    if (!record.isNew() && person != type.rules().isPerson(record.before(recordType))) {
      return Optional.of(Objection.of(Reason.CONVERSION, List.of()));
    }
    List<Field> others = person ? List.of(name) : ofPersons;
    List<String> bad = others.stream().filter(record::brings).map(Field::name).toList();
    if (!bad.isEmpty()) {
      return Optional.of(
          new Objection(Reason.BAD_FIELDS, List.of(type.name(), String.join(", ", bad)), bad));
    }
    return named(record, person ? lastName : name);
  }

  private static Optional<Objection> named(Candidate record, Field field) {
    return record.value(field).isEmpty() && (record.isNew() || record.brings(field))
        ? Optional.of(Objection.of(Reason.REQUIRED, List.of(field.name()), field.name()))
        : Optional.empty();
  }
}
