package io.initload.pipeline;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.TargetConfig;
import io.initload.ledger.Allowance;
import io.initload.pipeline.RunOptions.WhenExhausted;
import io.initload.salesforce.OrgException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before the daily allowances: open, or closed until a time. Safe for several threads.
 *
 * <p>The accounting itself is the ledger's, for all workers together; this only keeps one worker
 * from asking all the time, and decides between waiting and stopping.
 */
final class Quota {
  private static final Logger LOG = LoggerFactory.getLogger(Quota.class);

  /** Rolling allowances free themselves gradually: how long to wait before asking again. */
  private static final Duration ORG_LIMIT_PAUSE = Duration.ofMinutes(15);

  private final Allowance allowance;
  private final WhenExhausted policy;
  private final Clock clock;
  private Optional<Instant> closedUntil = Optional.empty();

  Quota(String orgId, TargetConfig target, WhenExhausted policy, Clock clock) {
    this.allowance =
        new Allowance(
            orgId, target.maxConcurrentJobs(), target.dailyRecords(), target.dailyBatches());
    this.policy = policy;
    this.clock = clock;
  }

  Allowance allowance() {
    return allowance;
  }

  /** Closes the gate; throws instead when the run was told to stop then. */
  synchronized void exhausted(Instant until) {
    if (policy == WhenExhausted.STOP) {
      throw new TryLater(
          Failure.Kind.QUOTA,
          "QUOTA_EXHAUSTED",
          "The daily allowance of the org (%,d records, %,d batches in 24 h) is used up."
              .formatted(allowance.records(), allowance.batches()),
          "Run the same command again at " + until + " or later; it goes on from here.",
          until);
    }
    if (closedUntil.isEmpty() || !closedUntil.get().equals(until)) {
      LOG.info("the daily allowance is used up; loading goes on at {}", until);
    }
    closedUntil = Optional.of(until);
  }

  /** The org itself says that an allowance is used up: others use it too. */
  void reached(OrgException.LimitReached limit) {
    LOG.warn("{}", limit.getMessage());
    exhausted(clock.instant().plus(ORG_LIMIT_PAUSE));
  }

  synchronized boolean closed() {
    if (closedUntil.isPresent() && !clock.instant().isBefore(closedUntil.get())) {
      closedUntil = Optional.empty();
    }
    return closedUntil.isPresent();
  }

  /** When the gate opens again; empty while it is open. */
  synchronized Optional<Instant> closedUntil() {
    return closed() ? closedUntil : Optional.empty();
  }
}
