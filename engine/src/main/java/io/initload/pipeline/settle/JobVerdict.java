package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.entry.Job;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.errors.RowError;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the end of a job means for its table and the run, when its rows are booked. */
final class JobVerdict {
  private static final Logger LOG = LoggerFactory.getLogger(JobVerdict.class);

  /** How long loading pauses when the org ran into an allowance that the ledger did not foresee. */
  private static final Duration UNFORESEEN_LIMIT = Duration.ofMinutes(30);

  private final Workbench bench;
  private final Quota quota;

  JobVerdict(Workbench bench, Quota quota) {
    this.bench = bench;
    this.quota = quota;
  }

  /**
   * Lets the run go on, or not.
   *
   * @throws Failure {@code ORG_FULL}, {@code JOB_FAILED}, {@code TOO_MANY_ERRORS}
   */
  void judge(EndedJob ended, Fates fates) {
    if (fates.refused().stopping().isPresent()) {
      throw full(ended, fates.refused().stopping().get());
    }
    if (fates.left() > 0) {
      judgeRest(ended);
    }
    String table = ended.part().table();
    ErrorBound.check(
        ended.table().config(),
        bench.ledger().exceptions().dead(table),
        bench.ledger().sums().books().get(table));
  }

  private static Failure full(EndedJob ended, RowError error) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "ORG_FULL",
        "The org takes no more rows (job %s of %s): %s"
            .formatted(ended.label(), ended.part().table(), error.forLog()),
        error.known().remedy());
  }

  private void judgeRest(EndedJob ended) {
    String message = ended.outcome().errorMessage();
    String what =
        "Job %s of %s ended %s with rows not attempted: %s"
            .formatted(
                ended.label(),
                ended.part().table(),
                ended.job().state(),
                message.isEmpty() ? "no reason given" : message);
    LOG.warn("{}; they are loaded again", what);
    ErrorCode code = ErrorCodes.job(message);
    int tries = ended.part().attempt() + 1;
    if (ended.beyondAllowance()) {
      quota.exhausted(bench.clock().instant().plus(UNFORESEEN_LIMIT));
    } else if (ended.job().state() == Job.State.FAILED && !code.errorClass().isRetried()) {
      throw new Failure(Failure.Kind.FAILED, "JOB_FAILED", what, code.remedy());
    } else if (!ended.wished() && tries > ended.table().config().retries()) {
      throw new Failure(
          Failure.Kind.FAILED, "JOB_FAILED", what + " (tried " + tries + " times)", code.remedy());
    }
  }
}
