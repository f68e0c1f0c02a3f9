package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Scope;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.entry.TableRun;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.load.WireCompression;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.prepare.TablePlanning;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.TableWork;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.pipeline.work.Workers;
import io.initload.retry.Backoff;
import io.initload.retry.Retry;
import io.initload.retry.Sleeper;
import io.initload.source.SourceFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A whole migration, or the rest of one that stopped: phase by phase, and inside a phase group by
 * group, so that parents are there before their children. A table that fails lets its siblings
 * finish; tables that look it up, and later phases, are not begun.
 */
public final class MigrationRun {
  /** Tries of a table's planning while the source has passing trouble. */
  private static final int PLAN_TRIES = 10;

  /**
   * How long a table whose definition was changed a moment ago cannot be read at a snapshot
   * (docs/reference/oracle.md, "Flashback query").
   */
  private static final Duration SETTLING = Duration.ofMinutes(5);

  /**
   * Places in the load order that each phase has; more than tables that look each other up in a
   * chain. A place follows from what a table looks up alone, so that processes which plan a table
   * each agree.
   */
  private static final int LEVELS = 10_000;

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
        new Workers(bench.stop(), bench.clock(), sleeper, new Enrolment(bench)));
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
   * Plans the chosen tables and moves nothing; for an orchestrator, whose next steps are processes
   * of their own.
   *
   * @return the chosen tables as the ledger has them
   */
  public List<TableRun> plan(Map<String, List<List<Prepared>>> phases) throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    SnapshotPlan snapshots = SnapshotPlan.of(bench, enrolment.beginForOthers());
    List<TableRun> planned = new ArrayList<>();
    int order = 0;
    for (var phase : phases.entrySet()) {
      int level = order;
      for (List<Prepared> group : phase.getValue()) {
        level++;
        for (Prepared table : group) {
          if (options.chooses(table.config().name(), phase.getKey())) {
            planned.add(plan(table, level, snapshots).run());
          }
        }
      }
      order += LEVELS;
    }
    return planned;
  }

  /**
   * Runs until everything chosen is loaded, nothing more can be moved, or a stop is requested.
   *
   * @throws Failure what ended the whole run
   */
  public RunOutcome run(Map<String, List<List<Prepared>>> phases) throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    SnapshotPlan snapshots = SnapshotPlan.of(bench, enrolment.begin());
    Quota quota = new Quota(bench, options.whenExhausted());
    List<Failure> failures = new ArrayList<>();
    Set<String> failed = new HashSet<>();
    List<String> blocked = new ArrayList<>();
    int order = 0;
    boolean phaseFailed = false;
    for (var phase : phases.entrySet()) {
      int level = order;
      for (List<Prepared> group : phase.getValue()) {
        level++;
        List<TableWork> works = new ArrayList<>();
        for (Prepared table : group) {
          String name = table.config().name();
          if (!options.chooses(name, phase.getKey()) || bench.stop().requested()) {
            continue;
          }
          if (phaseFailed || table.parents().stream().anyMatch(failed::contains)) {
            blocked.add(name);
            failed.add(name);
            continue;
          }
          try {
            works.add(plan(table, level, snapshots));
          } catch (Failure e) {
            if (e.kind() != Failure.Kind.FAILED) {
              throw e;
            }
            bench.ledger().migrations().stop(name, e.code() + ": " + e.getMessage());
            failures.add(e);
            failed.add(name);
          }
        }
        Tables tables = new Tables(bench.ledger().migrations(), works);
        if (!tables.isEmpty() && !tables.done()) {
          Workbench narrowed = bench.narrowed(Scope.of(tables.names(), options.everywhere()));
          Loading loading = new Loading(bench, narrowed, sleeper, jitter);
          WireCompression compression = loading.compression(works.get(0), quota);
          runner.work(loading.all(tables, snapshots, quota, compression), tables::done);
        }
        failures.addAll(tables.failures());
        failed.addAll(tables.failedNames());
      }
      phaseFailed = phaseFailed || !failed.isEmpty();
      order += LEVELS;
    }
    Map<String, TableBooks> books = bench.ledger().migrations().books();
    return new RunOutcome(
        bench.stop().requested(),
        failures,
        blocked,
        Unfinished.of(bench.ledger(), books.values()),
        books);
  }

  private TableWork plan(Prepared table, int place, SnapshotPlan snapshots)
      throws InterruptedException {
    TablePlanning planning = new TablePlanning(bench, snapshots);
    return new Retry(
            PLAN_TRIES, new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), jitter), sleeper)
        .call(() -> planning.plan(table, place), new OutageJudge());
  }

  /** How often the planning of one table is tried again, by what it failed for. */
  private static final class OutageJudge implements Retry.Judge {
    private int once;
    private int snapshots;

    @Override
    public Optional<Duration> again(RuntimeException failure) {
      if (!(failure instanceof SourceFailure source)) {
        return Optional.empty();
      }
      return switch (source.action()) {
        case READ_AGAIN, SERIALLY, WAIT, NO_ROOM, FEWER_SESSIONS -> Optional.of(Duration.ZERO);
        case ONCE_AGAIN -> once++ == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
        case NEW_SNAPSHOT ->
            switch (snapshots++) {
              case 0 -> Optional.of(Duration.ZERO);
              case 1, 2 -> Optional.of(SETTLING);
              default -> Optional.empty();
            };
        case STOP -> Optional.empty();
      };
    }
  }
}
