package io.initload.salesforce;

import io.initload.SfId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Finds jobs that we may have made without learning their id: the reply to their create was lost,
 * or the process died before it was written down (docs/reference/salesforce.md, "Listing jobs" and
 * "Lost replies"). The org knows no name or tag of ours, so a job counts as ours when it is open,
 * by our user, for the same object and operation, made at the time of the intent, and unknown to
 * the ledger. An open job has loaded nothing: aborting one too many does no harm to data.
 */
public final class Orphans {
  /** How far the clocks of the org and of this machine may be apart. */
  private static final Duration SKEW = Duration.ofMinutes(5);

  /** A create is on its way no longer than this after its intent, tries and waits included. */
  private static final Duration LATEST = Duration.ofHours(2);

  private Orphans() {}

  /**
   * The orphans among the jobs of {@link IngestJobs#list()}.
   *
   * @param userId {@link Org#userId()}
   * @param since when the intent to create was written, by our clock
   * @param known ids of all jobs in the ledger
   */
  public static List<JobInfo> among(
      List<JobInfo> jobs, String userId, JobRequest request, Instant since, Set<String> known) {
    Instant oldest = since.minus(SKEW);
    Instant youngest = since.plus(LATEST);
    return jobs.stream()
        .filter(job -> job.state().isOpen())
        .filter(job -> SfId.same(job.createdById(), userId))
        .filter(job -> job.object().equalsIgnoreCase(request.object()))
        .filter(job -> job.operation().equalsIgnoreCase(request.operation()))
        .filter(job -> !job.createdDate().isBefore(oldest))
        .filter(job -> !job.createdDate().isAfter(youngest))
        .filter(job -> !known.contains(job.id()))
        .toList();
  }
}
