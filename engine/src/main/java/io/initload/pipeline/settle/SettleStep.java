package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.ledger.PartBook.Taken;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.wishes.Wish;
import io.initload.pipeline.load.CompressionChoice;
import io.initload.pipeline.load.Concurrency;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.work.Claim;
import io.initload.pipeline.work.Pause;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books every row of a part whose job ended: created, updated, refused for good, to be tried again,
 * or never attempted. The verdict comes from the result files alone, row by row and by external id,
 * never from the job's state (docs/reference/salesforce.md, "Result files"): a complete job may
 * have refused every row, a failed one may have written some.
 */
public final class SettleStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(SettleStep.class);

  /** Results are kept 7 days: short of requests, they can wait. */
  private static final Duration LIMIT_PAUSE = Duration.ofMinutes(5);

  private final Workbench bench;
  private final Tables tables;
  private final Concurrency concurrency;
  private final JobVerdict verdict;
  private final Pause pause;

  public SettleStep(Workbench bench, Tables tables, Quota quota, Concurrency concurrency) {
    this.bench = bench;
    this.tables = tables;
    this.concurrency = concurrency;
    this.verdict = new JobVerdict(bench, quota);
    this.pause = new Pause(bench.clock());
  }

  @Override
  public String name() {
    return "settle";
  }

  @Override
  public Instant due() {
    return pause.due();
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (pause.lasts()) {
      return false;
    }
    Optional<Taken> claimed = bench.ledger().parts().claimEnded(bench.worker());
    if (claimed.isEmpty()) {
      return false;
    }
    Part part = claimed.get().part();
    Claim.ofBegun(bench.ledger(), bench.worker(), tables, claimed.get())
        .work(
            () -> {
              settleOrLoadAgain(part, claimed.get().job());
              return true;
            },
            e -> trouble(part, e));
    return true;
  }

  private void trouble(Part part, Failure e) {
    if (e instanceof OrgException.LimitReached) {
      pause.begin(LIMIT_PAUSE);
    } else {
      tables.failed(part.table(), e);
    }
  }

  /**
   * Without results nobody can say what became of the rows: an upsert may be repeated, the rows of
   * an insert are looked for in the org.
   */
  private void settleOrLoadAgain(Part part, Job job) throws InterruptedException {
    try {
      settle(part, job);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound() || !forgotten(job)) {
        throw e;
      }
      if (tables.get(part.table()).inserts()) {
        settleWithoutResults(part, job);
        return;
      }
      LOG.warn(
          "the org no longer knows job {}, whose results were not read; {} is loaded again, and"
              + " what the job created counts as updated",
          job.sfId().orElse("?"),
          part.name());
      bench.ledger().jobs().gone(job, bench.worker());
    }
  }

  private boolean forgotten(Job job) throws InterruptedException {
    try {
      bench.org().jobs().job(job.sfId().orElseThrow());
      return false;
    } catch (OrgException.Refused e) {
      return e.isNotFound();
    }
  }

  private void settleWithoutResults(Part part, Job job) throws InterruptedException {
    LOG.warn(
        "the org no longer knows job {}, whose results were not read; the rows of {} are looked for"
            + " in the org",
        job.sfId().orElse("?"),
        part.name());
    EndedJob ended = ended(part, job);
    try (Fates fates = new Fates(bench, ended)) {
      InsertedRows.settle(bench, ended, fates);
      enter(ended, fates);
    }
  }

  private EndedJob ended(Part part, Job job) {
    boolean wished =
        job.state() == Job.State.ABORTED
            && bench.ledger().wishes().open().stream().anyMatch(w -> w.kind() == Wish.Kind.ABORT);
    return new EndedJob(
        part, job, bench.ledger().jobs().outcome(job), tables.get(part.table()), wished);
  }

  private void settle(Part part, Job job) throws InterruptedException {
    EndedJob ended = ended(part, job);
    Results results = new Results(bench, ended);
    if (results.unreadable() && CompressionChoice.takeBack(bench, job)) {
      // Its results speak of columns that nobody sent.
      bench.ledger().parts().again(part, bench.worker(), 0);
      return;
    }
    try (Fates fates = new Fates(bench, ended)) {
      results.read(fates);
      InsertedRows.settle(bench, ended, fates);
      CreateOnlyRows.settle(bench, ended, fates);
      concurrency.locked(fates.refused().locks());
      enter(ended, fates);
      verdict.judge(ended, fates);
    }
  }

  private void enter(EndedJob ended, Fates fates) {
    if (fates.untouched()) {
      bench.checkpoint().reached("settle.untouched");
      bench.ledger().parts().again(ended.part(), bench.worker(), ended.failures());
    } else {
      book(ended, fates);
    }
  }

  private void book(EndedJob ended, Fates fates) {
    Part part = ended.part();
    int attempts = bench.ledger().exceptions().tried(part) + 1;
    RowVerdict rows =
        new RowVerdict(
            ended.table().config(),
            ended.table().pass().header(),
            attempts,
            bench.clock().instant());
    Booking booking = fates.booking(rows);
    bench.checkpoint().reached("settle.counted");
    bench.ledger().parts().settle(part, bench.worker(), ended.job().sfId().orElse(""), booking);
    bench.checkpoint().reached("settle.booked");
    LOG.debug(
        "{} is booked: {} rows, {} created, {} updated",
        part.name(),
        booking.rows(),
        booking.created(),
        booking.updated());
    fates.booked();
  }
}
