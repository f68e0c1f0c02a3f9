package io.initload.mapping.org;

import java.util.List;
import java.util.Optional;

/** An sObject as the org describes it. */
public record TargetObject(
    String name, boolean createable, boolean updateable, List<TargetField> fields) {
  public TargetObject {
    fields = List.copyOf(fields);
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
