package io.initload.pipeline;

import io.initload.ledger.Part;
import io.initload.ledger.Worker;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;

/** The staged file of a part the ledger knows. */
final class StagedFiles {
  private StagedFiles() {}

  /** Whether this worker has the file. */
  static boolean here(Part part, Worker worker) {
    return part.host().equals(worker.host()) && of(part).exists();
  }

  static StagedPart of(Part part) {
    return new StagedPart(
        new SealedPart(
            0, part.path(), part.rows(), part.csvBytes(), part.gzipBytes(), part.sha256()));
  }
}
