package io.initload.pipeline.extract;

import io.initload.pipeline.work.PassWork;
import io.initload.staging.CsvRow;
import java.util.Optional;
import java.util.Set;

/** Why a row cannot be staged. */
record Rejection(String code, String message) {
  private static final Rejection NULL =
      new Rejection("EXTERNAL_ID_NULL", "The external id is null.");
  private static final Rejection SHARED =
      new Rejection("EXTERNAL_ID_DUPLICATE", "Several source rows have this key.");

  /** An upsert of its lookups alone would make half a record. */
  private static final Rejection NOT_LOADED =
      new Rejection(
          "ROW_NOT_LOADED", "The row itself was not loaded, so there is no record to be linked.");

  /**
   * Judges a rendered row.
   *
   * @param canonical its external id in canonical form
   * @param shared keys that rows of its chunk share
   * @return empty when it can be staged
   */
  static Optional<Rejection> judge(
      CsvRow row, String externalId, String canonical, PassWork table, Set<String> shared) {
    Optional<String> problem = row.problem();
    if (problem.isPresent()) {
      return Optional.of(new Rejection(row.problemCode(), problem.get()));
    }
    if (externalId.isEmpty()) {
      return Optional.of(NULL);
    }
    if (table.notLoaded().contains(canonical)) {
      return Optional.of(NOT_LOADED);
    }
    return table.duplicateKeys().contains(canonical) || shared.contains(canonical)
        ? Optional.of(SHARED)
        : Optional.empty();
  }
}
