package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Job;

/** The failure of a job whose results the org no longer has. */
final class JobsGone {
  private JobsGone() {}

  static Failure of(Job job) {
    return new Failure(
        Failure.Kind.FAILED,
        "JOB_GONE",
        "The org no longer knows job %s of %s, which was submitted: it was deleted, or it ended more"
                .formatted(job.sfId().orElse("?"), job.table())
            + " than 7 days ago. What became of its rows cannot be told from its results.",
        "Start a migration under a new name for this table: its upserts are idempotent, and the rows"
            + " are booked afresh.");
  }
}
