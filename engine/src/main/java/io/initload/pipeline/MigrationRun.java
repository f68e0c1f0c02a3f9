package io.initload.pipeline;

import io.initload.Failure;
import io.initload.LogContext;
import io.initload.ledger.Scope;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.begin.Wishes;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.load.WireCompression;
import io.initload.pipeline.prepare.PassPlanning;
import io.initload.pipeline.prepare.Phases;
import io.initload.pipeline.prepare.Phases.Group;
import io.initload.pipeline.prepare.Phases.Phase;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.settle.ErrorBound;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.UnknownJobs;
import io.initload.pipeline.work.Workbench;
import io.initload.pipeline.work.Workers;
import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
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
   * What an instance of a cluster may lag behind another one (docs/reference/oracle.md, "Flashback
   * query").
   */
  private static final Duration LAG = Duration.ofSeconds(5);

  private final Workbench bench;
  private final Sleeper sleeper;
  private final RandomGenerator jitter;
  private final RunOptions options;
  private final StepRunner runner;
  private final RemovedTables leftOut;
  private final Opening reading;
  private final Opening people;
  private final Wishes wishes;

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
    this.leftOut = new RemovedTables(bench);
    this.reading = Opening.ofSource(bench);
    this.people = Opening.ofPeople(bench);
    this.wishes = new Wishes(bench);
  }

  /**
   * Plans the rows of the chosen tables and moves nothing; for an orchestrator, whose next steps
   * are processes of their own. A table that cannot be planned keeps no other from it.
   *
   * @return the chosen tables as the ledger has them
   * @throws Failure of the first table that could not be planned, after the others
   */
  public List<Pass> plan(Phases phases) throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    wishes.refuseAborted();
    if (bench.ledger().migrations().begun().isEmpty()) {
      reading.require(Set.of());
    }
    Snapshot begun = enrolment.beginForOthers();
    new UnknownJobs(bench).refuse();
    Course course = new Course(SnapshotPlan.of(bench, begun));
    List<Pass> planned = new ArrayList<>();
    for (Phase phase : phases.phases()) {
      for (Group group : phase.groups()) {
        for (Prepared table : group.tables()) {
          if (table.kind() == PassKind.ROWS && options.chooses(table.table(), phase.name())) {
            if (!planned(table)) {
              wishes.refuseAborted();
              reading.require(Set.of(table.table()));
            }
            course.plan(table, group.place()).map(PassWork::pass).ifPresent(planned::add);
          }
        }
      }
    }
    course.rethrow();
    return planned;
  }

  /**
   * Runs until everything chosen is loaded, nothing more can be moved, or a stop is requested.
   *
   * @throws Failure what ended the whole run
   */
  public RunOutcome run(Phases phases) throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    if (options.everywhere()) {
      wishes.refuseAborted();
    } else {
      wishes.lift();
    }
    if (bench.ledger().migrations().begun().isEmpty() && !await(reading, Set.of())) {
      return outcome(List.of(), List.of(), bench.ledger().sums().books());
    }
    Snapshot begun = enrolment.begin();
    new UnknownJobs(bench).refuse();
    Course course = new Course(SnapshotPlan.of(bench, begun));
    if (options.whole() && bench.ledger().workers().others(bench.worker()) == 0) {
      leftOut.forgetUnsent();
    }
    for (Phase phase : phases.phases()) {
      boolean held = course.anyFailed();
      for (Group group : phase.groups()) {
        course.move(course.begin(phase.name(), group, held));
      }
    }
    return course.outcome();
  }

  /** How far the migration has come: what is planned, what failed, and what waits for it. */
  private final class Course {
    private final SnapshotPlan snapshots;
    private final Quota quota = new Quota(bench, options.whenExhausted());
    private final List<Failure> failures = new ArrayList<>();
    private final Set<String> failed = new HashSet<>();
    private final List<String> blocked = new ArrayList<>();

    Course(SnapshotPlan snapshots) {
      this.snapshots = snapshots;
    }

    boolean anyFailed() {
      return !failed.isEmpty();
    }

    void rethrow() {
      if (!failures.isEmpty()) {
        throw failures.get(0);
      }
    }

    /**
     * The chosen tables of a group, planned.
     *
     * @param held whether an earlier phase is not complete
     */
    List<PassWork> begin(String phase, Group group, boolean held) throws InterruptedException {
      List<PassWork> works = new ArrayList<>();
      for (Prepared table : group.tables()) {
        String name = table.name();
        if (!options.chooses(table.table(), phase) || bench.stop().requested()) {
          continue;
        }
        if (held || table.parents().stream().anyMatch(this::waitedFor)) {
          blocked.add(name);
          failed.add(name);
        } else if (!there(before(table))) {
          blocked.add(name);
        } else if (planned(table) || await(reading, Set.of(table.table()))) {
          plan(table, group.place()).ifPresent(works::add);
        }
      }
      return works;
    }

    /** What must be loaded or refused to the last row before a pass begins. */
    private Set<String> before(Prepared table) {
      return switch (table.kind()) {
        case ROWS -> Set.of();
        case LEVEL -> table.generationsBefore();
        case LINKS -> table.parents();
      };
    }

    /** Whether a parent failed, now or in an earlier run when it was not chosen for this one. */
    private boolean waitedFor(String parent) {
      return failed.contains(parent)
          || bench.ledger().tables().pass(parent).flatMap(Pass::stopped).isPresent();
    }

    /** Whether all rows of these passes are loaded or refused. */
    private boolean there(Set<String> tables) {
      if (tables.isEmpty()) {
        return true; // Most passes wait for none: the books of all tables are not summed for each.
      }
      Map<String, TableBooks> books = bench.ledger().sums().books();
      return tables.stream()
          .allMatch(
              table ->
                  Optional.ofNullable(books.get(table)).filter(TableBooks::closed).isPresent());
    }

    /** Empty when the table could not be planned: the others go on. */
    Optional<PassWork> plan(Prepared table, int place) throws InterruptedException {
      try {
        return Optional.of(MigrationRun.this.plan(table, place, snapshots));
      } catch (Failure e) {
        if (e.reach() == Failure.Reach.RUN) {
          throw e;
        }
        String name = table.name();
        bench.ledger().tables().stop(name, e.code() + ": " + e.getMessage());
        failures.add(e);
        failed.add(name);
        return Optional.empty();
      }
    }

    void move(List<PassWork> works) throws InterruptedException {
      Tables tables = new Tables(bench.ledger().tables(), works);
      if (!tables.isEmpty() && !tables.done() && released(tables)) {
        Workbench narrowed = bench.narrowed(Scope.of(tables.names(), options.everywhere()));
        Loading loading = new Loading(bench, narrowed, sleeper, jitter);
        WireCompression compression = loading.compression(works.get(0), quota);
        runner.work(loading.all(tables, snapshots, quota, compression), () -> over(tables));
      }
      works.forEach(work -> judge(work, tables));
      failures.addAll(tables.failures());
      failed.addAll(tables.failedNames());
    }

    private boolean over(Tables tables) {
      if (wishes.aborted() || tables.done()) {
        return true;
      }
      Set<String> held = options.everywhere() ? tables.held() : Set.of();
      if (!held.isEmpty()) {
        people.require(held); // paused since
      }
      return false;
    }

    /** Where nothing may be begun, not even the org is asked how it takes compressed data. */
    private boolean released(Tables tables) throws InterruptedException {
      Set<String> held = tables.held();
      return held.isEmpty() || await(people, held);
    }

    /** A table with nothing left to do is judged by what became of it, whenever that was. */
    private void judge(PassWork work, Tables tables) {
      String name = work.name();
      TableBooks books = bench.ledger().sums().books().get(name);
      if (books == null || !books.closed() || tables.failedNames().contains(name)) {
        return;
      }
      LogContext before = LogContext.current();
      LogContext.table(name);
      try {
        ErrorBound.check(work.config(), bench.ledger().exceptions().dead(name), books);
      } catch (Failure e) {
        tables.failed(name, e);
      } finally {
        before.restore();
      }
    }

    RunOutcome outcome() {
      Map<String, TableBooks> books = bench.ledger().sums().books();
      if (options.whole()) {
        failures.addAll(leftOut.failures(books));
      }
      return MigrationRun.this.outcome(failures, blocked, books);
    }
  }

  private RunOutcome outcome(
      List<Failure> failures, List<String> blocked, Map<String, TableBooks> books) {
    Set<String> out = leftOut.takenOut();
    return new RunOutcome(
        bench.stop().requested(),
        failures,
        blocked,
        Unfinished.of(
            bench.ledger(), books.values().stream().filter(b -> !out.contains(b.table())).toList()),
        books);
  }

  /**
   * Waits until something of these tables may be begun: planning counts and sorts in the source,
   * and a snapshot is not to grow old before it is read.
   *
   * @return false when a stop was requested
   * @throws io.initload.TryLater {@code PAUSED}, for an orchestrator
   */
  private boolean await(Opening opening, Set<String> tables) throws InterruptedException {
    if (options.everywhere()) {
      people.require(tables); // an orchestrator waits by itself, for as long as that takes
    }
    Enrolment enrolment = new Enrolment(bench);
    return opening.await(
        tables,
        sleeper,
        bench.stop(),
        () -> {
          enrolment.keep();
          wishes.aborted();
        });
  }

  private boolean planned(Prepared table) {
    return bench.ledger().tables().pass(table.name()).isPresent();
  }

  private PassWork plan(Prepared table, int place, SnapshotPlan snapshots)
      throws InterruptedException {
    PassPlanning planning = new PassPlanning(bench, snapshots);
    Backoff backoff = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1), jitter);
    LogContext before = LogContext.current();
    LogContext.table(table.name());
    try {
      return new Retry(PLAN_TRIES, backoff, sleeper)
          .call(() -> planning.plan(table, place), new OutageJudge());
    } finally {
      before.restore();
    }
  }

  /** How often the planning of one table is tried again, by what it failed for. */
  private static final class OutageJudge implements Retry.Judge {
    private int once;
    private int unknown;
    private int snapshots;

    @Override
    public Optional<Duration> again(RuntimeException failure) {
      if (!(failure instanceof SourceFailure source)) {
        return Optional.empty();
      }
      return switch (source.action()) {
        case READ_AGAIN, SERIALLY, WAIT, NO_ROOM, FEWER_SESSIONS -> Optional.of(Duration.ZERO);
        case ONCE_AGAIN -> once++ == 0 ? Optional.of(Duration.ZERO) : Optional.empty();
        case SNAPSHOT_UNKNOWN -> unknown++ % 2 == 0 ? Optional.of(LAG) : later();
        case NEW_SNAPSHOT -> later();
        case STOP -> Optional.empty();
      };
    }

    private Optional<Duration> later() {
      return switch (snapshots++) {
        case 0 -> Optional.of(Duration.ZERO);
        case 1, 2 -> Optional.of(SETTLING);
        default -> Optional.empty();
      };
    }
  }
}
