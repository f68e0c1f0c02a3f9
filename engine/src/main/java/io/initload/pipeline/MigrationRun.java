package io.initload.pipeline;

import io.initload.Failure;
import io.initload.config.TargetConfig;
import io.initload.ledger.MigrationBook;
import io.initload.ledger.Worker;
import io.initload.pipeline.StepRunner.Post;
import io.initload.plan.Snapshot;
import io.initload.retry.Backoff;
import io.initload.retry.PollPace;
import io.initload.retry.Retry;
import io.initload.retry.Sleeper;
import io.initload.salesforce.CompressionProbe;
import io.initload.source.SourceFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole migration, or the rest of one that stopped: phase by phase, and inside a phase group by
 * group, so that parents are there before their children. A table that fails lets its siblings
 * finish; tables that look it up, and later phases, are not begun.
 */
public final class MigrationRun {
  private static final Logger LOG = LoggerFactory.getLogger(MigrationRun.class);

  /** Threads that fetch results: each may hold the keys of one part. */
  private static final int SETTLERS = 2;

  /** Tries of a table's planning while the source has passing trouble. */
  private static final int PLAN_TRIES = 10;

  private final Workbench bench;
  private final Sleeper sleeper;
  private final RandomGenerator jitter;
  private final RunOptions options;
  private final StepRunner runner;

  /**
   * @param sleeper waits after passing trouble
   * @param jitter spreads the looks at running jobs
   */
  public MigrationRun(
      Workbench bench, Sleeper sleeper, RandomGenerator jitter, RunOptions options) {
    this(
        bench,
        sleeper,
        jitter,
        options,
        new Crew(
            bench.stop(),
            bench.clock(),
            sleeper,
            () -> bench.ledger().workers().beat(bench.worker())));
  }

  /** For rehearsals, which call the steps in an order of their own. */
  MigrationRun(
      Workbench bench,
      Sleeper sleeper,
      RandomGenerator jitter,
      RunOptions options,
      StepRunner runner) {
    this.bench = bench;
    this.sleeper = sleeper;
    this.jitter = jitter;
    this.options = options;
    this.runner = runner;
  }

  /**
   * Runs until everything chosen is loaded, nothing more can be moved, or a stop is requested.
   *
   * @throws Failure what ended the whole run
   */
  public RunOutcome run(Map<String, List<List<Prepared>>> phases) throws InterruptedException {
    Snapshot snapshot = begin();
    Quota quota =
        new Quota(
            bench.org().orgId(), bench.config().target(), options.whenExhausted(), bench.clock());
    Retry patience =
        new Retry(
            PLAN_TRIES, new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), jitter), sleeper);
    List<Failure> failures = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    List<String> blocked = new ArrayList<>();
    int order = 0;
    boolean phaseFailed = false;
    for (var phase : phases.entrySet()) {
      for (List<Prepared> group : phase.getValue()) {
        List<TableWork> works = new ArrayList<>();
        for (Prepared table : group) {
          order++;
          String name = table.config().name();
          if (!options.chooses(name, phase.getKey()) || bench.stop().requested()) {
            continue;
          }
          if (phaseFailed || table.parents().stream().anyMatch(failed::contains)) {
            blocked.add(name);
            failed.add(name);
            continue;
          }
          int place = order;
          works.add(
              patience.call(
                  () -> new TablePlanning(bench, snapshot).plan(table, place),
                  MigrationRun::passing));
        }
        Tables tables = new Tables(bench.ledger().migrations(), works);
        if (!tables.isEmpty() && !tables.done()) {
          move(tables, quota, compression(group.get(0), quota));
        }
        failures.addAll(tables.failures());
        failed.addAll(tables.failedNames());
      }
      phaseFailed = phaseFailed || !failed.isEmpty();
    }
    return new RunOutcome(
        bench.stop().requested(), failures, blocked, bench.ledger().migrations().books());
  }

  private static Optional<Duration> passing(RuntimeException e) {
    return e instanceof SourceFailure source && source.transientTrouble()
        ? Optional.of(Duration.ZERO)
        : Optional.empty();
  }

  private Snapshot begin() {
    Worker me = bench.worker();
    bench.ledger().workers().beat(me);
    bench
        .ledger()
        .workers()
        .bury(me, Processes::runs)
        .forEach(w -> LOG.info("taking over from {} of {}, which is gone", w.id(), w.host()));
    sweep();
    MigrationBook book = bench.ledger().migrations();
    if (book.begun().isEmpty()) {
      book.begin(
          bench.org().orgId(), bench.config().target().instance(), bench.source().snapshot());
    }
    MigrationBook.Begun begun = book.begun().orElseThrow();
    if (!begun.orgId().equals(bench.org().orgId())) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "LEDGER_OTHER_ORG",
          "The ledger has this migration for the org %s (%s), the configuration names another one (%s)."
              .formatted(begun.instance(), begun.orgId(), bench.org().orgId()),
          "Use another ledger or another name for the other org.");
    }
    return begun.snapshot();
  }

  /** Deletes sealed files that no part needs: a crash left them before their chunk was entered. */
  private void sweep() {
    if (bench.ledger().workers().alone(bench.worker())) {
      bench.staging().sweepParts(bench.ledger().parts().neededFiles(bench.worker().host()));
    }
  }

  private PollPace pace() {
    TargetConfig.Poll poll = bench.config().target().poll();
    return new PollPace(poll.first(), poll.max(), jitter);
  }

  private WireCompression compression(Prepared table, Quota quota) throws InterruptedException {
    CompressionProbe probe =
        new CompressionProbe(bench.org(), sleeper, pace(), bench.staging().directory());
    return new CompressionChoice(bench, probe, quota.allowance()).of(table.config().object());
  }

  private void move(Tables tables, Quota quota, WireCompression compression)
      throws InterruptedException {
    TargetConfig target = bench.config().target();
    Concurrency concurrency = new Concurrency(target.maxConcurrentJobs());
    PollPace pace = pace();
    runner.work(
        List.of(
            new Post(new ExtractStep(bench, tables), bench.config().source().sessions()),
            new Post(
                new SubmitStep(bench, tables, quota, compression, concurrency),
                Math.min(target.uploads(), target.maxConcurrentJobs())),
            new Post(new AdoptStep(bench, tables), 1),
            new Post(new PollStep(bench, pace, concurrency), 1),
            new Post(new SettleStep(bench, tables, quota, concurrency), SETTLERS),
            new Post(new RetryStep(bench, tables), 1)),
        tables::done);
  }
}
