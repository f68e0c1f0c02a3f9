package io.initload.pipeline;

import io.initload.retry.Backoff;
import io.initload.salesforce.OrgException.UnknownOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long no new job is begun after replies were lost. Such a call is not repeated, its job is
 * ended and another one made; so without a pause a network that swallows uploads would be asked for
 * thousands of jobs a minute. The wait grows with each round that fails, and is never shorter than
 * the org asked for. Safe for several threads.
 */
final class Setbacks {
  private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);

  private final Clock clock;
  private final Backoff backoff;
  private int inARow;
  private Instant until = Instant.EPOCH;

  Setbacks(Clock clock, Backoff backoff) {
    this.clock = clock;
    this.backoff = backoff;
  }

  /** What others lose during a pause counts to the same round. */
  synchronized void lost(UnknownOutcome reply) {
    Instant now = clock.instant();
    if (inARow == 0 || !now.isBefore(until)) {
      inARow++;
    }
    Duration wait = backoff.after(inARow);
    Instant later = now.plus(wait.compareTo(reply.retryAfter()) < 0 ? reply.retryAfter() : wait);
    if (later.isAfter(until)) {
      until = later;
    }
    LOG.warn("{} (round {}); new jobs from {} on", reply.getMessage(), inARow, until);
  }

  synchronized void worked() {
    inARow = 0;
  }

  /** When a job may be begun; in the past as a rule. */
  synchronized Instant until() {
    return until;
  }
}
