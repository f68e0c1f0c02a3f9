package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Part;

/** Says that results are not those of the part they were given for. */
final class WrongResults {
  private WrongResults() {}

  static Failure failure(String code, String what, Part part) {
    return new Failure(
        Failure.Kind.FAILED,
        code,
        "The org gave " + what + " (part " + part.name() + ").",
        "Check that the external id field is unique, that its letter case setting did not change,"
            + " and that no automation rewrites it; then run the same command again.");
  }
}
