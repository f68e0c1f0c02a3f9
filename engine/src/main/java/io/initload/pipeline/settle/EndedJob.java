package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.JobBook.Outcome;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.pipeline.work.PassWork;

/**
 * A job that ended, with the part that it carried.
 *
 * @param wished whether it was ended because a person aborted the migration
 */
record EndedJob(Part part, Job job, Outcome outcome, PassWork table, boolean wished) {
  /** The org's id of the job, for people. */
  String label() {
    return job.sfId().orElse("?");
  }

  /** Whether the org counts the job as done; what it did with each row is another question. */
  boolean complete() {
    return job.state() == Job.State.COMPLETE;
  }

  /**
   * Whether rows that were not attempted found an allowance used up: those are in none of the
   * result files (docs/reference/salesforce.md, "Result files").
   */
  boolean beyondAllowance() {
    return complete() || outcome.errorMessage().startsWith("ExceededQuota");
  }

  /** That it inserted rows about which nobody can decide but a person. */
  Failure inDoubt(String why) {
    return new Failure(
        Failure.Kind.FAILED,
        "INSERT_IN_DOUBT",
        "Job %s inserted the part %s of %s (%,d rows), and of some no result says what became of them; %s. The part is not sent again."
            .formatted(label(), part.name(), part.table(), part.rows(), why),
        "Run the same command again, on the host that staged the part; where its file is lost, look"
            + " for the records of that job in the org by "
            + table.keyColumn()
            + ".");
  }

  /**
   * Tries that count towards giving up; rows that found the allowance used up had none, and those
   * that people kept from it neither.
   */
  int failures() {
    return beyondAllowance() || wished ? 0 : 1;
  }
}
