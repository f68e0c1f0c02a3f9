package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.JobBook;
import io.initload.ledger.LostClaim;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.Refusals;
import io.initload.ledger.entry.Refused;
import io.initload.pipeline.load.CompressionChoice;
import io.initload.pipeline.load.Concurrency;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.settle.PartKeys.Fate;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.TableWork;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.ErrorCodes;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.RowError;
import io.initload.staging.SealedPart;
import io.initload.staging.StagedPart;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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

  /** How long loading pauses when the org ran into an allowance that the ledger did not foresee. */
  private static final Duration UNFORESEEN_LIMIT = Duration.ofMinutes(30);

  /** Results are kept 7 days: short of requests, they can wait. */
  private static final Duration LIMIT_PAUSE = Duration.ofMinutes(5);

  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  private final Workbench bench;
  private final Tables tables;
  private final Quota quota;
  private final Concurrency concurrency;
  private final Results results;
  private volatile Instant notBefore = Instant.EPOCH;

  public SettleStep(Workbench bench, Tables tables, Quota quota, Concurrency concurrency) {
    this.bench = bench;
    this.tables = tables;
    this.quota = quota;
    this.concurrency = concurrency;
    this.results = new Results(bench);
  }

  @Override
  public String name() {
    return "settle";
  }

  @Override
  public Instant due() {
    return notBefore.isAfter(bench.clock().instant()) ? notBefore : Instant.MAX;
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (bench.clock().instant().isBefore(notBefore)) {
      return false;
    }
    Optional<Part> claimed = bench.ledger().parts().claimEnded(bench.worker());
    if (claimed.isEmpty()) {
      return false;
    }
    Part part = claimed.get();
    try {
      settleOrLoadAgain(part, bench.ledger().jobs().last(part).orElseThrow());
    } catch (LostClaim e) {
      throw e;
    } catch (OrgException.LimitReached e) {
      bench.ledger().parts().release(part, bench.worker());
      notBefore = bench.clock().instant().plus(LIMIT_PAUSE);
    } catch (Failure e) {
      if (e.kind().passes()) {
        bench.ledger().parts().release(part, bench.worker());
      } else {
        tables.stuck(part.id());
      }
      tables.failed(part.table(), e);
    }
    return true;
  }

  /** Without results nobody can say what became of the rows: an upsert may be repeated. */
  private void settleOrLoadAgain(Part part, Job job) throws InterruptedException {
    try {
      settle(part, job);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound() || !forgotten(job)) {
        throw e;
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

  private void settle(Part part, Job job) throws InterruptedException {
    TableWork table = tables.get(part.table());
    JobBook.Outcome outcome = bench.ledger().jobs().outcome(job);
    if (unreadable(job, outcome, table) && CompressionChoice.takeBack(bench, job)) {
      // Its results speak of columns that nobody sent.
      bench.ledger().parts().again(part, bench.worker(), 0);
      return;
    }
    if (!StagedFiles.here(part, bench.worker())) {
      settleFar(part, job, outcome, table);
      return;
    }
    PartKeys keys = PartKeys.read(part, table.mapping().keyField(), table.keyForm());
    try (RefusedRows refused = new RefusedRows(bench.staging(), part, job)) {
      Optional<String> created;
      try (Receipt receipt = receipt(part, job)) {
        results.read(job, outcome, table, keys, refused, receipt);
        created = receipt.seal();
      }
      concurrency.locked(refused.locks());
      BitSet rest = keys.notAttempted();
      if (rest.cardinality() == part.rows()) {
        bench.checkpoint().reached("settle.untouched");
        bench.ledger().parts().again(part, bench.worker(), failures(job, outcome));
      } else {
        Optional<NewPart> left =
            rest.isEmpty()
                ? Optional.empty()
                : Optional.of(rest(part, job, rest, failures(job, outcome)));
        book(part, job, booking(part, table, keys, refused, left, created));
        StagedFiles.of(part).delete();
        bench.checkpoint().reached("settle.freed");
      }
      judge(part, job, outcome, table.config(), !rest.isEmpty(), refused);
    }
  }

  private void book(Part part, Job job, Booking booking) {
    bench.checkpoint().reached("settle.counted");
    bench.ledger().parts().settle(part, bench.worker(), job.sfId().orElse(""), booking);
    bench.checkpoint().reached("settle.booked");
  }

  private Receipt receipt(Part part, Job job) {
    return new Receipt(bench.staging(), part.name() + "-job" + job.id());
  }

  private void settleFar(Part part, Job job, JobBook.Outcome outcome, TableWork table)
      throws InterruptedException {
    try (Receipt receipt = receipt(part, job);
        RemoteResults results =
            new RemoteResults(bench, part, job, table, verdict(part, table.config()), receipt)) {
      Booking booking = results.read(outcome);
      concurrency.locked(results.refused().locks());
      book(part, job, booking);
      if (booking.lost() > 0) {
        LOG.warn(
            "{}: {} rows were not attempted and their file is on {}; they are taken up again",
            part.name(),
            booking.lost(),
            part.host());
      }
      judge(part, job, outcome, table.config(), booking.lost() > 0, results.refused());
    }
  }

  private Booking booking(
      Part part,
      TableWork table,
      PartKeys keys,
      RefusedRows refused,
      Optional<NewPart> rest,
      Optional<String> receipt) {
    boolean carried = part.chunk().isEmpty();
    Set<String> created = new HashSet<>();
    Set<String> updated = new HashSet<>();
    if (carried) {
      walk(
          part,
          (number, row) -> {
            String key = row.get(table.mapping().keyField());
            if (keys.fate(number) == Fate.CREATED) {
              created.add(key);
            } else if (keys.fate(number) == Fate.UPDATED) {
              updated.add(key);
            }
          });
    }
    return new Booking(
        keys.count(Fate.CREATED),
        keys.count(Fate.UPDATED),
        created,
        updated,
        refusals(part, table, refused),
        rest,
        0,
        receipt);
  }

  /** The refused rows, with the fields that their staged file holds. */
  private Refusals refusals(Part part, TableWork table, RefusedRows refused) {
    RemoteResults.Verdict verdict = verdict(part, table.config());
    return new Refusals() {
      @Override
      public long count() {
        return refused.count();
      }

      @Override
      public void each(Consumer<Refused> to) {
        if (refused.count() > 0) {
          walk(part, (number, row) -> refused.find(number).ifPresent(e -> to.accept(of(row, e))));
        }
      }

      private Refused of(List<String> row, RefusedRows.Entry entry) {
        return verdict.of(row.get(table.mapping().keyField()), row, entry.error());
      }
    };
  }

  private static void walk(Part part, BiConsumer<Integer, List<String>> to) {
    try (StagedPart.Rows rows = StagedFiles.of(part).rows()) {
      for (int i = 0; rows.hasNext(); i++) {
        to.accept(i, rows.next());
      }
    }
  }

  /** Counts the tries of the rows, not those of the part: a job may not have come to them. */
  private RemoteResults.Verdict verdict(Part part, TableConfig table) {
    int attempts = bench.ledger().exceptions().tried(part) + 1;
    return (key, row, error) -> refused(table, attempts, key, row, error);
  }

  private Refused refused(
      TableConfig table, int attempts, String key, List<String> row, RowError error) {
    ErrorCode known = error.known();
    boolean again =
        known.stopsRun() || (known.errorClass().isRetried() && attempts <= table.retries());
    return new Refused(
        key,
        again ? ExceptionRow.State.PENDING : ExceptionRow.State.DEAD,
        attempts,
        bench.clock().instant().plus(wait(attempts)),
        error.code(),
        error.message(),
        row);
  }

  private static Duration wait(int attempts) {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 10));
    return wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY;
  }

  /**
   * The rows never attempted, as a part of their own. They are not gathered over parts as refused
   * rows are: those are few and in the ledger, these may be most of a part and are not (ADR 19).
   */
  private NewPart rest(Part part, Job job, BitSet rows, int failures) {
    String name = part.name() + "-rest" + job.id();
    SealedPart sealed = bench.staging().filter(StagedFiles.of(part), rows, name, 1);
    return new NewPart(
        part.chunk(),
        part.chunk().isPresent() ? PartKind.REST : PartKind.RETRY,
        name,
        bench.worker().host(),
        sealed.path(),
        sealed.rows(),
        sealed.csvBytes(),
        sealed.gzipBytes(),
        sealed.sha256(),
        part.attempt() + failures,
        part.serial());
  }

  /** Tries that count towards giving up; rows that found the allowance used up had none. */
  private static int failures(Job job, JobBook.Outcome outcome) {
    return beyondAllowance(job, outcome) ? 0 : 1;
  }

  /**
   * Rows beyond the org's allowance are in none of the result files (docs/reference/salesforce.md,
   * "Result files").
   */
  private static boolean beyondAllowance(Job job, JobBook.Outcome outcome) {
    return job.state() == Job.State.COMPLETE || outcome.errorMessage().startsWith("ExceededQuota");
  }

  /** What the end of the job means for the table and the run, now that its rows are booked. */
  private void judge(
      Part part,
      Job job,
      JobBook.Outcome outcome,
      TableConfig table,
      boolean rest,
      RefusedRows refused) {
    if (refused.stopping().isPresent()) {
      RowError error = refused.stopping().get();
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.PLATFORM,
          "ORG_FULL",
          "The org takes no more rows (job %s of %s): %s"
              .formatted(job.sfId().orElse("?"), part.table(), error.forLog()),
          error.known().remedy());
    }
    if (rest) {
      judgeRest(part, job, outcome, table);
    }
    long dead = bench.ledger().exceptions().dead(part.table());
    ErrorBound.check(table, dead, bench.ledger().sums().books().get(part.table()));
  }

  /**
   * Whether the org read nothing of the job, and not for a fault in its header. A job that is
   * complete without a row may also have found no batches left; then its results repeat the header
   * that was sent.
   */
  private boolean unreadable(Job job, JobBook.Outcome outcome, TableWork table)
      throws InterruptedException {
    if (outcome.processed() > 0) {
      return false;
    }
    if (job.state() == Job.State.COMPLETE) {
      return !results.namesColumns(job, table);
    }
    String message = outcome.errorMessage();
    return (message.startsWith("InvalidBatch") || message.startsWith("ClientInputError"))
        && table.run().header().stream().noneMatch(message::contains);
  }

  private void judgeRest(Part part, Job job, JobBook.Outcome outcome, TableConfig table) {
    String what =
        "Job %s of %s ended %s with rows not attempted: %s"
            .formatted(
                job.sfId().orElse("?"),
                part.table(),
                job.state(),
                outcome.errorMessage().isEmpty() ? "no reason given" : outcome.errorMessage());
    LOG.warn("{}; they are loaded again", what);
    ErrorCode code = ErrorCodes.job(outcome.errorMessage());
    if (beyondAllowance(job, outcome)) {
      quota.exhausted(bench.clock().instant().plus(UNFORESEEN_LIMIT));
    } else if (job.state() == Job.State.FAILED && !code.errorClass().isRetried()) {
      throw new Failure(Failure.Kind.FAILED, "JOB_FAILED", what, code.remedy());
    } else if (part.attempt() >= table.retries()) {
      throw new Failure(
          Failure.Kind.FAILED,
          "JOB_FAILED",
          what + " (tried " + (part.attempt() + 1) + " times)",
          code.remedy());
    }
  }
}
