package io.initload.pipeline.load;

import io.initload.LogContext;
import io.initload.ledger.ProbeBook;
import io.initload.ledger.entry.Job;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobRequest;
import io.initload.salesforce.Orphans;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds jobs whose create was sent but whose id never reached the ledger. Salesforce knows no name
 * or tag of a job (docs/reference/salesforce.md, "Listing jobs"), so an orphan is told by user,
 * object, operation, state and time, and by being unknown to the ledger. It is open and empty and
 * has loaded nothing: aborting it is safe, and only then is its slot free.
 */
final class OrphanSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  /** A create whose reply was lost may still be on its way behind a gateway. */
  private static final Duration ARRIVES = Duration.ofSeconds(20);

  private final Workbench bench;
  private final Map<Long, Instant> doubtedSince = new HashMap<>();

  OrphanSweep(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Clears up the creates in doubt of one object.
   *
   * @param operation what the job was to do
   * @return false when it is too early to say, so look again later: the create itself may still
   *     arrive, or another one for that object is under way, whose job could not be told from an
   *     orphan
   */
  boolean settle(Job doubted, String operation) throws InterruptedException {
    Instant now = bench.clock().instant();
    Instant since = doubtedSince.computeIfAbsent(doubted.id(), id -> now);
    if (now.isBefore(since.plus(ARRIVES))) {
      return false;
    }
    var jobs = bench.org().jobs().list();
    String org = bench.org().orgId();
    if (bench.ledger().jobs().creating(org, doubted.object()) > 0) {
      return false;
    }
    for (JobInfo job :
        among(jobs, new JobRequest(doubted.object(), operation, ""), doubted.intentAt())) {
      LogContext.job(job.id());
      LOG.info("aborting job {}, created for {} without an answer", job.id(), doubted.table());
      bench.org().jobs().ensureEnded(job.id());
    }
    bench.checkpoint().reached("adopt.swept");
    bench.ledger().jobs().givenUp(doubted, bench.worker());
    doubtedSince.remove(doubted.id());
    return true;
  }

  /**
   * Ends the job of a probe that nobody watches any more, so that its slot is free.
   *
   * @return whether there was such a probe
   */
  boolean settleProbe() throws InterruptedException {
    String org = bench.org().orgId();
    Optional<ProbeBook.Left> taken = bench.ledger().probes().takeUp(bench.worker(), org);
    if (taken.isEmpty()) {
      return false;
    }
    ProbeBook.Left left = taken.get();
    boolean gone = false;
    try {
      List<String> ids =
          left.sfId().isPresent()
              ? List.of(left.sfId().get())
              : among(bench.org().jobs().list(), JobRequest.update(left.object()), left.intentAt())
                  .stream()
                  .map(JobInfo::id)
                  .toList();
      for (String id : ids) {
        end(id);
      }
      gone = true;
    } finally {
      bench.ledger().probes().letGo(left.id(), gone);
    }
    return true;
  }

  private void end(String id) throws InterruptedException {
    LogContext.job(id);
    LOG.info("ending job {}, with which somebody probed the org", id);
    try {
      bench.org().jobs().ensureEnded(id);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private List<JobInfo> among(List<JobInfo> jobs, JobRequest request, Instant since) {
    return Orphans.among(
        jobs,
        bench.org().userId(),
        request,
        since,
        bench.ledger().jobs().knownIds(bench.org().orgId()));
  }
}
