package io.initload.simulator.dml.demand;

import io.initload.simulator.dml.demand.Objection.Reason;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.FieldType;
import io.initload.simulator.model.RecordType;
import io.initload.simulator.model.SObjectType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A record type that a row brings is one of the object's and the user has it; a value that a row
 * brings for a restricted picklist is one of the record's type (docs/reference/salesforce.md,
 * "Record types").
 */
final class RecordTypeDemand implements Demand {
  private final SObjectType type;
  private final Field field;
  private final List<Field> picklists;

  private RecordTypeDemand(SObjectType type, Field field) {
    this.type = type;
    this.field = field;
    this.picklists = type.fields().stream().filter(RecordTypeDemand::restricted).toList();
  }

  static Optional<Demand> on(SObjectType type) {
    return type.rules().recordTypes().isEmpty()
        ? Optional.empty()
        : type.field(RecordType.FIELD).map(field -> new RecordTypeDemand(type, field));
  }

  private static boolean restricted(Field field) {
    return field.restrictedPicklist();
  }

  @Override
  public Optional<Objection> objection(Candidate record) {
    String id = record.value(field);
    Optional<RecordType> recordType = type.rules().recordType(id);
    if (!id.isEmpty() && record.brings(field) && recordType.filter(RecordType::usable).isEmpty()) {
      return Optional.of(Objection.of(Reason.RECORD_TYPE, List.of(id), field.name()));
    }
    return recordType.flatMap(
        of ->
            picklists.stream()
                .filter(record::brings)
                .flatMap(
                    p ->
                        values(record.value(p), p)
                            .filter(v -> !of.allows(p, v))
                            .map(v -> not(p, v)))
                .findFirst());
  }

  private static Stream<String> values(String text, Field picklist) {
    return text.isEmpty()
        ? Stream.empty()
        : picklist.type() == FieldType.MULTIPICKLIST
            ? Arrays.stream(text.split(";", -1)).map(String::strip)
            : Stream.of(text);
  }

  private static Objection not(Field picklist, String value) {
    return Objection.of(Reason.PICKLIST, List.of(picklist.label(), value), picklist.name());
  }
}
