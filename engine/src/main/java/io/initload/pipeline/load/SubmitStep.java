package io.initload.pipeline.load;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.config.TargetConfig;
import io.initload.ledger.LostClaim;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Reservation;
import io.initload.pipeline.work.Claim;
import io.initload.pipeline.work.StagedFiles;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.Backoff;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Takes a sealed part through reserve, create, upload and submit. The ledger says what is about to
 * happen before it happens. Whatever goes wrong in between, the part is let go in the state it is
 * in, and {@link AdoptStep} asks the org how things stand: a fault and a crash take the same way
 * out.
 */
public final class SubmitStep implements Step {
  private final Workbench bench;
  private final Tables tables;
  private final Quota quota;
  private final WireCompression compression;
  private final Concurrency concurrency;
  private final RefusalBackoff backoff;

  public SubmitStep(
      Workbench bench,
      Tables tables,
      Quota quota,
      WireCompression compression,
      Concurrency concurrency) {
    this.bench = bench;
    this.tables = tables;
    this.quota = quota;
    this.compression = compression;
    this.concurrency = concurrency;
    TargetConfig.Http http = bench.config().target().http();
    Random jitter = new Random(bench.worker().id().hashCode());
    this.backoff =
        new RefusalBackoff(bench.clock(), new Backoff(http.backoff(), http.maxBackoff(), jitter));
  }

  @Override
  public String name() {
    return "load";
  }

  @Override
  public Instant due() {
    Instant later = backoff.until();
    return later.isAfter(bench.clock().instant()) ? later : quota.due().orElse(Instant.MAX);
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (bench.stop().requested() || bench.clock().instant().isBefore(backoff.until())) {
      return false;
    }
    // Asked for no table too: then nobody need look again at the time that was set for that.
    Optional<Reservation.Granted> granted = reserve(tables.concurrency());
    if (granted.isEmpty()) {
      return false;
    }
    Part part = granted.get().part();
    Claim.of(bench.ledger(), bench.worker(), part, granted.get().job())
        .work(
            () -> {
              bench.checkpoint().reached("load.reserved");
              return load(part, granted.get().job());
            },
            e -> trouble(part, e));
    return true;
  }

  private Optional<Reservation.Granted> reserve(Map<String, Integer> loadable)
      throws InterruptedException {
    try {
      return quota.reserve(bench, loadable, concurrency.limit());
    } catch (OrgException.LimitReached e) {
      quota.reached(e);
      return Optional.empty();
    }
  }

  private void trouble(Part part, Failure e) {
    if (e instanceof OrgException.LimitReached limit) {
      quota.reached(limit);
    } else if (e instanceof OrgException.UnknownOutcome lost) {
      backoff.lost(lost, lost.retryAfter());
    } else {
      tables.failed(part.table(), e);
    }
  }

  /** Whether the part is on its way; if not, it is let go in the state it is in. */
  private boolean load(Part part, Job job) throws InterruptedException {
    if (!StagedFiles.intact(part)) {
      return lost(part, job);
    }
    JobInfo created = create(part, job);
    LogContext.job(created.id());
    bench.checkpoint().reached("load.create-sent");
    try {
      bench.ledger().jobs().created(job, bench.worker(), created.id());
    } catch (LostClaim e) {
      // Others took the part up while the reply was on its way, and cannot know of this job.
      bench.org().jobs().discard(created.id());
      throw e;
    }
    bench.checkpoint().reached("load.created");
    try {
      boolean sent = send(part, job, created.id());
      backoff.worked();
      return sent;
    } catch (OrgException.Refused e) {
      if (!e.isMeddledWith()) {
        throw e;
      }
      backoff.lost(e, Duration.ZERO);
      return false;
    } catch (Failure e) {
      // What became of the file since it was looked at is noticed while it is sent.
      if (!e.code().equals("UPLOAD_SOURCE") || StagedFiles.intact(part)) {
        throw e;
      }
      bench.org().jobs().discard(created.id());
      return lost(part, job);
    }
  }

  private boolean lost(Part part, Job job) {
    bench.ledger().jobs().givenUp(job, bench.worker());
    bench.ledger().parts().lost(part);
    return true;
  }

  /** False when the org turned out not to unpack what was sent. */
  private boolean send(Part part, Job job, String sfId) throws InterruptedException {
    try {
      bench.org().jobs().upload(sfId, compression.body(part));
    } catch (OrgException.Refused e) {
      if (!refusesPacking(e) || !CompressionChoice.takeBack(bench, job)) {
        throw e;
      }
      return false;
    }
    bench.checkpoint().reached("load.upload-sent");
    bench.ledger().jobs().uploaded(job, bench.worker());
    bench.checkpoint().reached("load.uploaded");
    bench.org().jobs().submit(sfId);
    bench.checkpoint().reached("load.submit-sent");
    bench.ledger().jobs().submitted(job, bench.worker());
    bench.checkpoint().reached("load.submitted");
    return true;
  }

  /**
   * Whether the data may have been refused for being packed (docs/reference/salesforce.md,
   * "Compression").
   */
  private static boolean refusesPacking(OrgException.Refused e) {
    return (e.status() == 400 || e.status() == 415) && !e.isWrongState();
  }

  private JobInfo create(Part part, Job job) throws InterruptedException {
    try {
      return bench.org().jobs().create(tables.get(part.table()).request());
    } catch (Failure e) {
      if (e instanceof OrgException && !(e instanceof OrgException.UnknownOutcome)) {
        bench.ledger().jobs().givenUp(job, bench.worker());
      } else {
        // A job may exist: it keeps its slot until the orphan sweep has looked.
        bench.ledger().jobs().doubted(job, bench.worker());
      }
      throw e;
    }
  }
}
