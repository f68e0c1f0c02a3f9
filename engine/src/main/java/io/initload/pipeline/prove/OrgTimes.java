package io.initload.pipeline.prove;

import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Moments of the ledger as the org's clock has them, as far as is known: the two are compared now,
 * and taken to have been apart as far then. Immutable.
 *
 * @param late what must be added to a moment of the ledger so that the org's clock is surely past
 *     it
 */
public record OrgTimes(Duration late) {
  /** Where the org does not say what time it is there. */
  private static final Duration UNKNOWN = Duration.ofMinutes(10);

  /** An answer is dated by the second. */
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Asks the org what time it is there. */
  public static OrgTimes of(Workbench bench) throws InterruptedException {
    Instant before = bench.clock().instant();
    Optional<Instant> theirs = theirs(bench);
    if (theirs.isEmpty()) {
      return new OrgTimes(UNKNOWN);
    }
    Duration ahead = Duration.between(before, theirs.get().plus(SECOND));
    return new OrgTimes(ahead.isNegative() ? Duration.ZERO : ahead);
  }

  private static Optional<Instant> theirs(Workbench bench) throws InterruptedException {
    try {
      return bench.org().time();
    } catch (OrgException e) {
      return Optional.empty();
    }
  }

  /** A moment at which the org's clock was past one of the ledger. */
  public Instant surelyAfter(Instant ours) {
    return ours.equals(Instant.MAX)
        ? ours
        : ours.plus(late).plus(SECOND).truncatedTo(ChronoUnit.SECONDS);
  }
}
