package io.initload.pipeline.load;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Allowance.OrgReading;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.OrgLimits;
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
  private static final String FACT = "daily batches";

  private final Workbench bench;
  private Optional<OrgReading> said = Optional.empty();
  private Instant next = Instant.EPOCH;

  OrgCount(Workbench bench) {
    this.bench = bench;
  }

  /** What was said last, by whomever of us it was asked for; for people. */
  public static Optional<String> known(Ledger ledger, String orgId) {
    return ledger.orgs().fact(orgId, FACT);
  }

  /** What was said last; asks when that is older than the configured pace. */
  Optional<OrgReading> look() throws InterruptedException {
    return look(bench.config().target().poll().limits());
  }

  /**
   * What was said last; asks when that is older than given.
   *
   * @throws OrgException when the org cannot be asked now
   */
  Optional<OrgReading> look(Duration age) throws InterruptedException {
    Instant now = bench.clock().instant();
    Instant oldest = now.minus(age);
    if (said.filter(s -> s.at().isAfter(oldest)).isPresent() || now.isBefore(next)) {
      return said;
    }
    Optional<OrgReading> others = known(bench.ledger(), bench.org().orgId()).map(OrgCount::read);
    if (others.filter(s -> s.at().isAfter(oldest) && !s.at().isAfter(now)).isPresent()) {
      said = others;
      return said;
    }
    try {
      said = bench.org().limits().dailyBulkApiBatches().map(left -> remembered(left, now));
    } catch (OrgException.Refused e) {
      LOG.warn("{} What others use of the org's daily batches is not known.", e.getMessage());
      said = Optional.empty();
    }
    if (said.isEmpty()) {
      next = now.plus(bench.config().target().poll().limits());
    }
    return said;
  }

  private OrgReading remembered(OrgLimits.Allowance batches, Instant at) {
    bench
        .ledger()
        .orgs()
        .remember(
            bench.org().orgId(),
            FACT,
            batches.remaining() + " of " + batches.max() + " left at " + at);
    return new OrgReading(batches.remaining(), at);
  }

  private static OrgReading read(String fact) {
    return new OrgReading(
        Long.parseLong(fact.substring(0, fact.indexOf(' '))),
        Instant.parse(fact.substring(fact.lastIndexOf(' ') + 1)));
  }
}
