package io.initload.pipeline;

import io.initload.ledger.Part;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;

/** The staged file of a part the ledger knows. */
final class StagedFiles {
  private StagedFiles() {}

  static StagedPart of(Part part) {
    return new StagedPart(
        new SealedPart(
            0, part.path(), part.rows(), part.csvBytes(), part.gzipBytes(), part.sha256()));
  }
}
