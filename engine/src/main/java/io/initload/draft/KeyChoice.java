package io.initload.draft;

import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Chooses the field that a table's rows are known by in the org, and feeds it from its key. */
final class KeyChoice {
  /** What the field is called that is to be made where there is none. */
  static final String MADE = "External_ID__c";

  private static final String MADE_BESIDE = "Source_ID__c";
  private static final Set<String> TELLING =
      Set.of("external", "legacy", "source", "migration", "oracle", "old");

  private final SourceTable table;
  private final TargetObject object;
  private final List<String> columns;

  /**
   * @param columns of the table's key
   */
  KeyChoice(SourceTable table, TargetObject object, List<String> columns) {
    this.table = table;
    this.object = object;
    this.columns = columns;
  }

  /**
   * The field for the key.
   *
   * @param taken external ids of the same object that rows of other tables have
   */
  Optional<FieldMatch> among(Set<String> taken) {
    List<TargetField> usable =
        object.fields().stream()
            .filter(f -> f.externalId() && f.createable() && !taken.contains(f.name()))
            .filter(this::takes)
            .toList();
    return called(usable).or(() -> only(usable)).or(() -> telling(usable));
  }

  /** The field that has to be made before. */
  FieldMatch made() {
    String name = object.field(MADE).isPresent() ? MADE_BESIDE : MADE;
    return match(name, new Reason(Confidence.LIKELY, "made for this, see the metadata"));
  }

  private Optional<FieldMatch> called(List<TargetField> usable) {
    if (columns.size() > 1) {
      return Optional.empty();
    }
    List<FieldMatch> called = new ArrayList<>();
    for (NameRule rule : List.of(NameRule.SAME, NameRule.SPELLING)) {
      for (TargetField field : usable) {
        if (called.isEmpty()
            && rule.holds(
                columns.get(0),
                Words.of(table.name().table()),
                field.name(),
                Words.of(Words.bare(object.name())))) {
          called.add(match(field.name(), rule.reason()));
        }
      }
    }
    return called.stream().findFirst();
  }

  private Optional<FieldMatch> only(List<TargetField> usable) {
    return usable.size() == 1
        ? Optional.of(
            match(
                usable.get(0).name(),
                new Reason(Confidence.LIKELY, "the only external id of the object")))
        : Optional.empty();
  }

  private Optional<FieldMatch> telling(List<TargetField> usable) {
    List<TargetField> telling =
        usable.stream()
            .filter(f -> Words.of(Words.bare(f.name())).stream().anyMatch(TELLING::contains))
            .toList();
    return telling.size() == 1
        ? Optional.of(
            match(
                telling.get(0).name(),
                new Reason(Confidence.LIKELY, "the external id that is called one")))
        : Optional.empty();
  }

  private FieldMatch match(String field, Reason reason) {
    return new FieldMatch(columns, field, reason);
  }

  /** Texts in numbers would lose zeros in front; several columns need a text. */
  private boolean takes(TargetField field) {
    boolean text = TargetKind.of(field) == TargetKind.TEXT;
    return columns.stream()
        .map(table.shape()::required)
        .allMatch(c -> c.comparable() && (text || number(c)));
  }

  private boolean number(SourceColumn column) {
    return columns.size() == 1 && column.type() == SourceColumn.Type.NUMBER;
  }
}
