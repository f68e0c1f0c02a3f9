package io.initload.pipeline;

import io.initload.ledger.Job;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobState;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds jobs whose create was sent but whose id never reached the ledger. Salesforce knows no name
 * or tag of a job (reference section 2.6), so an orphan is told by user, object, operation, state
 * and time, and by being unknown to the ledger. It is open and empty and has loaded nothing:
 * aborting it is safe, and only then is its slot free.
 */
final class OrphanSweep {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  /** The org's clock may differ from ours by this much. */
  private static final Duration SKEW = Duration.ofMinutes(10);

  private final Workbench bench;

  OrphanSweep(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Clears up the creates in doubt of one object.
   *
   * @return false when another create for that object is under way: its job could not be told from
   *     an orphan, so look again later
   */
  boolean settle(Job doubted) throws InterruptedException {
    var jobs = bench.org().jobs().list();
    String org = bench.org().orgId();
    if (bench.ledger().jobs().creating(org, doubted.object()) > 0) {
      return false;
    }
    Set<String> known = bench.ledger().jobs().knownIds(org);
    for (JobInfo job : jobs) {
      if (job.state() == JobState.OPEN
          && job.object().equalsIgnoreCase(doubted.object())
          && job.operation().equals("upsert")
          && job.createdById().equals(bench.org().userId())
          && job.createdDate().isAfter(doubted.intentAt().minus(SKEW))
          && !known.contains(job.id())) {
        LOG.info("aborting job {}, created for {} without an answer", job.id(), doubted.table());
        bench.org().jobs().abort(job.id());
      }
    }
    bench.checkpoint().reached("adopt.swept");
    bench.ledger().jobs().givenUp(doubted, bench.worker());
    return true;
  }
}
