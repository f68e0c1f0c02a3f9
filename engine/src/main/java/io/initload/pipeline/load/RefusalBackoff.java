package io.initload.pipeline.load;

import io.initload.Failure;
import io.initload.pipeline.work.OrgAway;
import io.initload.retry.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long no new job is begun after jobs were lost on their way. Such a call is not repeated, its
 * job is ended and another one made; so without a pause a network that swallows uploads would be
 * asked for thousands of jobs a minute. The wait grows with each round that fails, and is never
 * shorter than the org asked for. Safe for several threads.
 */
final class RefusalBackoff {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalBackoff.class);

  private final Clock clock;
  private final Backoff backoff;
  private final OrgPatience patience;
  private int inARow;
  private Instant until = Instant.EPOCH;

  RefusalBackoff(Clock clock, Backoff backoff) {
    this.clock = clock;
    this.backoff = backoff;
    this.patience = new OrgPatience(clock);
  }

  /**
   * What others lose during a pause counts to the same round.
   *
   * @param least how long the org asked to be left alone
   * @throws OrgAway when there was nothing else for too long
   */
  synchronized void lost(Failure trouble, Duration least) {
    patience.bear(trouble);
    Instant now = clock.instant();
    if (inARow == 0 || !now.isBefore(until)) {
      inARow++;
    }
    Duration wait = backoff.after(inARow);
    Instant later = now.plus(wait.compareTo(least) < 0 ? least : wait);
    if (later.isAfter(until)) {
      until = later;
    }
    LOG.warn("{} (round {}); new jobs from {} on", trouble.getMessage(), inARow, until);
  }

  synchronized void worked() {
    inARow = 0;
    patience.answered();
  }

  /** When a job may be begun; in the past as a rule. */
  synchronized Instant until() {
    return until;
  }
}
