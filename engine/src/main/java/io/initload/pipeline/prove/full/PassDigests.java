package io.initload.pipeline.prove.full;

import io.initload.mapping.canonical.BucketSums;
import io.initload.pipeline.extract.StagedDigests;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;

/** Digests of rows as they are made while rows are staged, of the fields that are compared now. */
final class PassDigests {
  private PassDigests() {}

  /** Adds to sums, and takes away from them, rows of a pass. */
  static StagedDigests of(Workbench bench, Prepared pass, BucketSums sums) {
    return new StagedDigests(
        bench.ledger().digests().key(),
        pass.compared(bench.config().reconcile()),
        pass.kind(),
        sums);
  }
}
