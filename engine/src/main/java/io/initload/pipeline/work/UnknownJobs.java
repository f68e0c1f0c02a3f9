package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.SfId;
import io.initload.config.TableConfig;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Jobs of the org that load what this migration loads and that the ledger does not know. When all
 * of them are younger than whatever it knows, it was restored from a backup: else somebody else
 * loads the same objects, which is no sign of anything.
 */
public final class UnknownJobs {
  /** Those that got rows: open ones have none, and the aborted ones are those of lost replies. */
  private static final Set<JobState> LOADED =
      EnumSet.of(
          JobState.UPLOAD_COMPLETE, JobState.IN_PROGRESS, JobState.JOB_COMPLETE, JobState.FAILED);

  /** How far the clocks of the org and of this machine may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  private final Workbench bench;

  public UnknownJobs(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Looks, before anything more is loaded.
   *
   * @throws Failure {@code LEDGER_OLDER}
   */
  public void refuse() throws InterruptedException {
    // The list first: whoever submits a job has entered its id before.
    List<JobInfo> jobs = bench.org().jobs().list();
    Instant from = bench.ledger().migrations().jobsSince();
    Instant last = later(from, bench.ledger().jobs().lastIntent());
    Set<String> known = bench.ledger().jobs().knownIds(bench.org().orgId());
    List<JobInfo> unknown =
        jobs.stream()
            .filter(job -> LOADED.contains(job.state()))
            .filter(job -> SfId.same(job.createdById(), bench.org().userId()))
            .filter(job -> bench.config().tables().stream().anyMatch(t -> loads(job, t)))
            .filter(job -> !known.contains(job.id()))
            .filter(job -> job.createdDate().isAfter(from))
            .toList();
    List<JobInfo> since = unknown.stream().filter(job -> job.createdDate().isAfter(last)).toList();
    boolean others = unknown.stream().anyMatch(job -> job.createdDate().isBefore(last.minus(SKEW)));
    if (!since.isEmpty() && !others) {
      throw older(since);
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static boolean loads(JobInfo job, TableConfig table) {
    return job.operation().equalsIgnoreCase(PassWork.loading(table).operation())
        && job.object().equalsIgnoreCase(table.object())
        && (job.externalIdField().isEmpty()
            || job.externalIdField().equalsIgnoreCase(table.externalId()));
  }

  private static Failure older(List<JobInfo> since) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "LEDGER_OLDER",
        "The org has %,d jobs of this user for objects of this migration, the first being %s, that are younger than all the ledger knows: it was restored from a backup, or somebody else loads as this user. Nothing was read or loaded."
            .formatted(since.size(), since.get(0).id()),
        "Bring back the newest ledger; if they are somebody else's, say so with `initload run"
            + " --begin-anew`. "
            + StrayFiles.anew("With an older ledger rows that were loaded since are loaded again"));
  }
}
