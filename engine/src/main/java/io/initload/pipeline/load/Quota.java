package io.initload.pipeline.load;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.TargetConfig;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Reservation;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate before the daily allowances, and the hours of the day in which jobs are begun: open, or
 * closed until a time. Safe for several threads.
 *
 * <p>The accounting itself is the ledger's, for all workers together, and the org's, for everybody;
 * this only keeps one worker from asking all the time, and decides between waiting and stopping.
 */
public final class Quota {
  private static final Logger LOG = LoggerFactory.getLogger(Quota.class);

  /** The org's count is asked for anew where it is short and older than this. */
  private static final Duration FRESH = Duration.ofSeconds(10);

  /** How often a person is told who holds the slots. */
  private static final Duration TELL_EVERY = Duration.ofMinutes(10);

  private final Workbench bench;
  private final OrgCount count;
  private final WhenExhausted policy;
  private final Opening hours;
  private final Gate gate = new Gate();
  private Allowance allowance;
  private Instant toldOthers = Instant.EPOCH;

  public Quota(Workbench bench, WhenExhausted policy) {
    this.bench = bench;
    this.count = new OrgCount(bench);
    this.policy = policy;
    this.hours = Opening.ofTarget(bench);
    TargetConfig target = bench.config().target();
    this.allowance =
        new Allowance(
            bench.org().orgId(),
            target.maxConcurrentJobs(),
            target.dailyRecords(),
            target.dailyBatches());
  }

  public synchronized Allowance allowance() {
    return allowance;
  }

  /**
   * Takes up a part within all allowances; closes the gate when there is no room in them.
   *
   * @param group where the parts are
   * @param tables how many jobs each table may have
   * @param jobs how many jobs this worker may have
   * @throws TryLater when there is no room and the run was told to stop then
   */
  Optional<Reservation.Granted> reserve(Workbench group, Map<String, Integer> tables, int jobs)
      throws InterruptedException {
    if (!look()) {
      return Optional.empty();
    }
    Optional<Long> next = group.ledger().quota().next(group.worker(), tables).map(Part::id);
    if (next.isEmpty() || closed(next.get()) || !hours.open()) {
      return Optional.empty();
    }
    Reservation answer = ask(group, tables, jobs, bench.config().target().poll().limits());
    if (answer instanceof Reservation.OrgShort) {
      answer = ask(group, tables, jobs, FRESH);
    }
    if (answer instanceof Reservation.QuotaExhausted exhausted) {
      exhausted(next.get(), exhausted);
    } else if (answer instanceof Reservation.OrgShort little) {
      tooLittle(little);
    } else if (answer instanceof Reservation.NoSlot) {
      tellOthers();
    }
    return answer instanceof Reservation.Granted granted ? Optional.of(granted) : Optional.empty();
  }

  private Reservation ask(Workbench group, Map<String, Integer> tables, int jobs, Duration age)
      throws InterruptedException {
    return group.ledger().quota().reserve(group.worker(), tables, jobs, heard(age));
  }

  /** Whether the gate is open for some part; if so, somebody looks now. */
  private synchronized boolean look() {
    if (gate.closed(bench.clock().instant())) {
      return false;
    }
    gate.asked();
    return true;
  }

  private synchronized boolean closed(long part) {
    return gate.closed(bench.clock().instant(), part);
  }

  private synchronized Allowance heard(Duration age) throws InterruptedException {
    allowance = allowance.with(count.look(age));
    return allowance;
  }

  /** A migration that is never run again keeps its slots: a person must know of it. */
  private synchronized void tellOthers() {
    Instant now = bench.clock().instant();
    if (now.isBefore(toldOthers.plus(TELL_EVERY))) {
      return;
    }
    toldOthers = now;
    Map<String, Integer> others = bench.ledger().quota().slotsOfOthers(bench.org().orgId());
    if (!others.isEmpty()) {
      LOG.warn(
          "Other migrations of this ledger hold slots of the org: {}. One that no longer runs"
              + " gives them back when its own command is run again.",
          others);
    }
  }

  private synchronized void tooLittle(Reservation.OrgShort little) {
    Instant now = bench.clock().instant();
    if (little.left() >= little.wanted()) {
      // Jobs in flight may take what is left. When they end the org has counted them.
      gate.askAgain(now.plus(FRESH));
      return;
    }
    exhausted(
        Optional.empty(),
        now.plus(Gate.PAUSE),
        "The org says that %,d of its daily batches are left, and the next job takes %,d; others use them too."
            .formatted(little.left(), little.wanted()));
  }

  /** Closes the gate for all; throws instead when the run was told to stop then. */
  public void exhausted(Instant until) {
    exhausted(Optional.empty(), until, usedUp());
  }

  private String usedUp() {
    return "The daily allowance of the org (%,d records, %,d batches in 24 h) is used up."
        .formatted(allowance().records(), allowance().batches());
  }

  private synchronized void exhausted(Optional<Long> part, Instant until, String why) {
    if (policy == WhenExhausted.STOP) {
      throw new TryLater(
          Failure.Kind.QUOTA,
          "QUOTA_EXHAUSTED",
          why,
          "Run the same command again at " + until + " or later; it goes on from here.",
          until);
    }
    if (gate.close(part, until)) {
      LOG.info("{} Loading goes on at {}.", why, until);
    }
  }

  /** Jobs may give back what they reserved: the ledger is asked now and then before that time. */
  private synchronized void exhausted(long part, Reservation.QuotaExhausted answer) {
    Instant until = answer.until();
    Instant ask = Gate.worthAsking(bench.clock().instant(), until, answer.sooner());
    if (policy == WhenExhausted.STOP || ask.equals(until)) {
      exhausted(Optional.of(part), until, usedUp());
    } else {
      LOG.info("{} Loading goes on at {} at the latest.", usedUp(), until);
      gate.close(Optional.of(part), ask);
    }
  }

  /** The org itself says that an allowance is used up: others use it too. */
  void reached(OrgException.LimitReached limit) {
    LOG.warn("{}", limit.getMessage());
    exhausted(bench.clock().instant().plus(Gate.PAUSE));
  }

  /** When it is worth asking again; empty while nothing but parts or slots are missing. */
  synchronized Optional<Instant> due() {
    Instant opens = hours.due();
    return opens.isBefore(Instant.MAX) ? Optional.of(opens) : gate.due(bench.clock().instant());
  }
}
