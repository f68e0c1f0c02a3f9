package io.initload.pipeline.load;

import io.initload.ledger.PartBook.Taken;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.pipeline.work.Claim;
import io.initload.pipeline.work.Pause;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobState;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up parts that somebody let go in flight, after a crash or a fault: asks the org how the job
 * stands and goes on from there (docs/architecture.md, "The life of a job";
 * docs/reference/salesforce.md, "Lost replies"). A job that runs is adopted, never repeated; a job
 * that has loaded nothing is aborted and its part loaded anew.
 */
public final class AdoptStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(AdoptStep.class);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final Workbench bench;
  private final Tables tables;
  private final OrphanSweep orphans;
  private final Pause pause;

  public AdoptStep(Workbench bench, Tables tables) {
    this.bench = bench;
    this.tables = tables;
    this.orphans = new OrphanSweep(bench);
    this.pause = new Pause(bench.clock());
  }

  @Override
  public String name() {
    return "adopt";
  }

  @Override
  public Instant due() {
    return pause.due();
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    return !pause.lasts() && (settledProbe() || next());
  }

  private boolean settledProbe() throws InterruptedException {
    try {
      return orphans.settleProbe();
    } catch (OrgException.UnknownOutcome | OrgException.LimitReached e) {
      LOG.info("a probe's job: {}", e.getMessage());
      pause.begin(LATER);
      return false;
    }
  }

  private boolean next() throws InterruptedException {
    if (pause.lasts()) {
      return false;
    }
    Optional<Taken> claimed = bench.ledger().parts().claimAdoptable(bench.worker());
    if (claimed.isEmpty()) {
      return false;
    }
    Part part = claimed.get().part();
    boolean moved = false;
    try {
      moved =
          Claim.ofBegun(bench.ledger(), bench.worker(), tables, claimed.get())
              .work(() -> adopted(part, claimed.get().job()), e -> tables.failed(part.table(), e));
    } finally {
      if (!moved && !tables.isStuck(part.id())) {
        pause.begin(LATER);
      }
    }
    return moved;
  }

  /** False when it is too early to say how the job stands, or somebody moved it meanwhile. */
  private boolean adopted(Part part, Job job) throws InterruptedException {
    try {
      return adopt(part, job);
    } catch (OrgException.UnknownOutcome | OrgException.LimitReached e) {
      LOG.info("{}: {}", part.name(), e.getMessage());
    } catch (OrgException.Refused e) {
      if (!e.isMeddledWith()) {
        throw e;
      }
      LOG.info("{}: {}", part.name(), e.getMessage());
    }
    return false;
  }

  private boolean adopt(Part part, Job job) throws InterruptedException {
    if (job.sfId().isEmpty()) {
      bench.ledger().jobs().doubted(job, bench.worker());
      return orphans.settle(job, tables.operation(part.table(), bench.config().tables()));
    }
    Optional<JobInfo> found = ask(job);
    if (found.isEmpty() && job.state() == Job.State.SUBMITTED) {
      bench.ledger().jobs().vanished(job, bench.worker());
      return true;
    }
    if (found.isEmpty() && job.state() == Job.State.UPLOADED) {
      // Perhaps it was submitted, and the answer lost.
      bench.ledger().jobs().submitted(job, bench.worker());
      bench.ledger().jobs().vanished(job, bench.worker());
      return true;
    }
    JobState state = found.map(JobInfo::state).orElse(JobState.ABORTED);
    LOG.info("{}: job {} is found {}", part.name(), job.sfId().orElse("?"), state);
    return switch (job.state()) {
      case OPEN -> fromOpen(job, state);
      case UPLOADED -> fromUploaded(job, state);
      case SUBMITTED -> true;
      // Since it was claimed it was looked at, and ended.
      case COMPLETE, FAILED, ABORTED -> true;
      case INTENT, DOUBT -> throw new IllegalStateException("a job without an answer");
    };
  }

  /**
   * The upload may or may not have arrived: an open job has loaded nothing, so it is thrown away.
   */
  private boolean fromOpen(Job job, JobState state) throws InterruptedException {
    JobState now = state;
    if (state == JobState.OPEN) {
      now = bench.org().jobs().ensureEnded(job.sfId().orElseThrow()).state();
      bench.checkpoint().reached("adopt.aborted");
    }
    if (now == JobState.ABORTED) {
      bench.ledger().jobs().givenUp(job, bench.worker());
    } else {
      bench.ledger().jobs().uploaded(job, bench.worker());
      bench.ledger().jobs().submitted(job, bench.worker());
    }
    return true;
  }

  /**
   * The bytes are there; whether the org was told to go is the question. A job that somebody has
   * aborted since may have written rows: its results say which.
   */
  private boolean fromUploaded(Job job, JobState state) throws InterruptedException {
    if (state == JobState.OPEN) {
      bench.org().jobs().ensureSubmitted(job.sfId().orElseThrow());
    }
    bench.checkpoint().reached("adopt.submitted");
    bench.ledger().jobs().submitted(job, bench.worker());
    return true;
  }

  /** Empty when the org does not know the job any more. */
  private Optional<JobInfo> ask(Job job) throws InterruptedException {
    try {
      return Optional.of(bench.org().jobs().job(job.sfId().orElseThrow()));
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return Optional.empty();
    }
  }
}
