package io.initload.pipeline.load;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Allowance.OrgReading;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the org itself counts of its daily batches (docs/reference/salesforce.md, "Reported
 * limits"), read anew at the configured pace and shared with other processes through the ledger.
 * Not thread-safe.
 *
 * <p>There is no such figure for records. The count is advisory and may lag: rows that the org
 * takes and then finds no batch for are found by the books and loaded again.
 */
public final class OrgCount {
  private static final Logger LOG = LoggerFactory.getLogger(OrgCount.class);

  private final Workbench bench;
  private final KnownCount known = new KnownCount();

  OrgCount(Workbench bench) {
    this.bench = bench;
  }

  /** What was said last, by whomever of us it was asked for; for people. */
  public static Optional<String> known(Ledger ledger, String orgId) {
    return ledger
        .orgs()
        .batches(orgId)
        .map(said -> "%d of %d left at %s".formatted(said.left(), said.max(), said.at()));
  }

  /**
   * What was said last; asks when that is older than given.
   *
   * @throws OrgException when the org cannot be asked now
   */
  Optional<OrgReading> look(Duration age) throws InterruptedException {
    Instant now = bench.clock().instant();
    if (!known.current(now, age) && !others(now, age)) {
      known.answered(ask(now), now, pace());
    }
    return known.last();
  }

  private boolean others(Instant now, Duration age) {
    return bench
        .ledger()
        .orgs()
        .batches(bench.org().orgId())
        .filter(reading -> known.take(reading, now, age))
        .isPresent();
  }

  private Optional<OrgReading> ask(Instant now) throws InterruptedException {
    try {
      Optional<OrgReading> said =
          bench
              .org()
              .limits()
              .dailyBulkApiBatches()
              .map(batches -> new OrgReading(batches.remaining(), batches.max(), now));
      said.ifPresent(reading -> bench.ledger().orgs().remember(bench.org().orgId(), reading));
      return said;
    } catch (OrgException.Refused e) {
      LOG.warn("{} What others use of the org's daily batches is not known.", e.getMessage());
      return Optional.empty();
    }
  }

  private Duration pace() {
    return bench.config().target().poll().limits();
  }
}
