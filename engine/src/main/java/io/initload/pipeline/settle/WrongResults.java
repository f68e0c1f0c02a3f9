package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Part;

/** Says that results are not those of the part they were given for. */
final class WrongResults {
  private WrongResults() {}

  static Failure foreign(String externalId, Part part) {
    return failure(
        "RESULT_FOREIGN",
        "a result for the external id " + externalId + ", which the part does not hold",
        part);
  }

  static Failure twice(String externalId, Part part) {
    return failure("RESULT_TWICE", "two results for the external id " + externalId, part);
  }

  static Failure tooMany(Part part) {
    return failure(
        "RESULT_FOREIGN", "more results than the part's %,d rows".formatted(part.rows()), part);
  }

  private static Failure failure(String code, String what, Part part) {
    return new Failure(
        Failure.Kind.FAILED,
        code,
        "The org gave " + what + " (part " + part.name() + ").",
        "Check that the external id field is unique, that its letter case setting did not change,"
            + " and that no automation rewrites it; then run the same command again.");
  }
}
