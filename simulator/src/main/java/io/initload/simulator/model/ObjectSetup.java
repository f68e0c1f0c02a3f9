package io.initload.simulator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has set up for one object.
 *
 * @param recordTypes in the order of their ids
 */
public record ObjectSetup(
    List<RecordTypeSetup> recordTypes,
    List<ValidationRule> validationRules,
    List<DuplicateRule> duplicateRules) {
  /** Nothing at all. */
  static final ObjectSetup NOTHING = new ObjectSetup(List.of(), List.of(), List.of());

  public ObjectSetup(
      @Nullable List<RecordTypeSetup> recordTypes,
      @Nullable List<ValidationRule> validationRules,
      @Nullable List<DuplicateRule> duplicateRules) {
    this.recordTypes = copy(recordTypes);
    this.validationRules = copy(validationRules);
    this.duplicateRules = copy(duplicateRules);
    if (this.recordTypes.stream().filter(RecordTypeSetup::usual).count() > 1) {
      throw new IllegalArgumentException("more than one record type is usual");
    }
    if (this.recordTypes.stream().map(RecordTypeSetup::developerName).distinct().count()
        < this.recordTypes.size()) {
      throw new IllegalArgumentException("two record types have the same developerName");
    }
  }

  private static <T> List<T> copy(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
