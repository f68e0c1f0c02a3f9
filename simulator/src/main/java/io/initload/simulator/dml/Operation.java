package io.initload.simulator.dml;

import java.util.Optional;

/** What is done with rows, by the names that Bulk API 2.0 gives it (they mind case). */
public enum Operation {
  INSERT("insert"),
  UPDATE("update"),
  UPSERT("upsert"),
  DELETE("delete"),
  HARD_DELETE("hardDelete");

  private final String apiName;

  Operation(String apiName) {
    this.apiName = apiName;
  }

  public String apiName() {
    return apiName;
  }

  /** Whether rows only name the records to remove. */
  public boolean removes() {
    return this == DELETE || this == HARD_DELETE;
  }

  /** The operation with an API name, empty if there is none. */
  public static Optional<Operation> of(String apiName) {
    for (Operation operation : values()) {
      if (operation.apiName.equals(apiName)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
