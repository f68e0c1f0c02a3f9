package io.initload.mapping.org;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An sObject as the org describes it. */
public record TargetObject(
    String name,
    boolean createable,
    boolean updateable,
    List<TargetField> fields,
    List<RecordTypeInfo> recordTypes) {
  /** What tells persons from other accounts, in an org that has both. */
  private static final String PERSON = "IsPersonAccount";

  public TargetObject {
    fields = List.copyOf(fields);
    recordTypes = List.copyOf(recordTypes);
  }

  /** One without record types. */
  public TargetObject(
      String name, boolean createable, boolean updateable, List<TargetField> fields) {
    this(name, createable, updateable, fields, List.of());
  }

  /** The same object with these record types. */
  public TargetObject with(List<RecordTypeInfo> types) {
    return new TargetObject(name, createable, updateable, fields, types);
  }

  /**
   * The same object for records that may have some values of its restricted picklists.
   *
   * @param values by field; a field that is missing has all
   */
  public TargetObject restrictedTo(Map<String, List<String>> values) {
    List<TargetField> narrowed =
        fields.stream()
            .map(
                field ->
                    field.restrictedPicklist() && values.containsKey(field.name())
                        ? field.restrictedTo(values.getOrDefault(field.name(), List.of()))
                        : field)
            .toList();
    return new TargetObject(name, createable, updateable, narrowed, recordTypes);
  }

  /**
   * Whether some of its records are persons. Contacts, which stand behind them, have the mark too.
   */
  public boolean hasPersons() {
    return name.equals("Account") && field(PERSON).isPresent();
  }

  /** The field of that API name, letter case ignored as Salesforce does. */
  public Optional<TargetField> field(String apiName) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(apiName)).findFirst();
  }

  /** The field whose relationship has that name. */
  public Optional<TargetField> relationship(String relationshipName) {
    return fields.stream()
        .filter(f -> f.relationshipName().equalsIgnoreCase(relationshipName))
        .findFirst();
  }
}
