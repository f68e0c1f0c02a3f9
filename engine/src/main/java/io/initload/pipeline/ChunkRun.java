package io.initload.pipeline;

import io.initload.Failure;
import io.initload.TryLater;
import io.initload.config.TargetConfig;
import io.initload.ledger.Scope;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartState;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.begin.Opening;
import io.initload.pipeline.begin.Wishes;
import io.initload.pipeline.load.Concurrency;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.prepare.PassPlanning;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.settle.ErrorBound;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.pipeline.work.StepRunner.Station;
import io.initload.pipeline.work.Tables;
import io.initload.pipeline.work.Workbench;
import io.initload.pipeline.work.Workers;
import io.initload.retry.PollPace;
import io.initload.retry.Sleeper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * One chunk, for an orchestrator that waits by itself: the steps of a whole migration, narrowed to
 * the pieces of that chunk. Whatever a process leaves is taken up by the next one that asks for the
 * same chunk, or by the run of the whole table.
 */
public final class ChunkRun {
  /** How long nothing may happen to the chunk before the process makes room for others. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The same, for a look at jobs that run without us. */
  private static final Duration GLANCE = Duration.ofSeconds(3);

  /** When a slot, a lease or a job is worth another look. */
  private static final Duration LATER = Duration.ofSeconds(30);

  private static final Duration FIRST_LOOK = Duration.ofMillis(250);

  private static final Set<PartState> ON_THE_WAY =
      EnumSet.of(PartState.RESERVED, PartState.CREATED, PartState.UPLOADED);
  private static final Set<PartState> ENDED =
      EnumSet.of(PartState.COMPLETE, PartState.FAILED, PartState.ABORTED);

  private final Workbench bench;
  private final Sleeper sleeper;
  private final RandomGenerator jitter;

  public ChunkRun(Workbench bench, Sleeper sleeper, RandomGenerator jitter) {
    this.bench = bench;
    this.sleeper = sleeper;
    this.jitter = jitter;
  }

  /**
   * How a step ended.
   *
   * @param stopped whether it was asked to stop before it was done
   * @param chunk as the ledger has it now
   * @param jobs of the chunk that are not settled yet
   * @param lookAgain when the jobs are worth another look
   */
  public record Outcome(boolean stopped, Chunk chunk, List<Job> jobs, Instant lookAgain) {
    public Outcome {
      jobs = List.copyOf(jobs);
    }

    /** Whether rows of the chunk are still to be read, or to be read again. */
    public boolean unread() {
      return chunk.state() == Chunk.State.PLANNED || chunk.state() == Chunk.State.EXTRACTING;
    }
  }

  /**
   * Reads the chunk and sends it to the org; returns when every part of it is submitted.
   *
   * @throws TryLater when slots or allowances are used up, or another process holds the chunk
   */
  public Outcome move(Prepared table, long chunk) throws InterruptedException {
    Run run = new Run(table, chunk);
    run.work(PATIENCE, true, run::sent);
    return run.outcome();
  }

  /** Looks at the chunk's jobs, books those that ended, and sends again what they left. */
  public Outcome collect(Prepared table, long chunk) throws InterruptedException {
    Run run = new Run(table, chunk);
    run.work(GLANCE, false, run::settled);
    return run.outcome();
  }

  private final class Run {
    private final Workbench mine;
    private final SnapshotPlan snapshots;
    private final PassWork table;
    private final Tables tables;
    private final Quota quota;
    private final Wishes wishes = new Wishes(bench);
    private final long no;
    private String seen = "";
    private Instant since = Instant.MAX;

    Run(Prepared prepared, long chunk) {
      Enrolment enrolment = new Enrolment(bench);
      enrolment.join();
      wishes.refuseAborted();
      String name = prepared.name();
      this.mine = bench.narrowed(Scope.of(name, chunk));
      this.no = chunk;
      this.snapshots = SnapshotPlan.of(bench, enrolment.reading());
      this.table = new PassPlanning(bench, snapshots).planned(prepared);
      this.tables = new Tables(bench.ledger().tables(), List.of(table));
      this.quota = new Quota(bench, WhenExhausted.STOP);
      ErrorBound.check(
          table.config(),
          bench.ledger().exceptions().dead(name),
          bench.ledger().sums().books().get(name));
      bench.ledger().tables().resume(name);
      chunk();
    }

    void work(Duration patience, boolean read, Predicate<List<Part>> done)
        throws InterruptedException {
      if (done.test(parts())) {
        return;
      }
      Loading loading = new Loading(mine, mine, sleeper, jitter);
      // The parts of one chunk are few: what the org bears is learned by those who load it all.
      Concurrency concurrency = new Concurrency(bench.config().target().maxConcurrentJobs());
      TargetConfig.Poll poll = bench.config().target().poll();
      Duration first = poll.first().compareTo(FIRST_LOOK) < 0 ? poll.first() : FIRST_LOOK;
      PollPace pace = new PollPace(first, poll.max(), jitter);
      List<Station> stations =
          new ArrayList<>(
              loading.sent(tables, quota, loading.compression(table, quota), concurrency, pace));
      if (read) {
        stations.add(loading.read(tables, snapshots, 1));
      }
      new Workers(bench.stop(), bench.clock(), sleeper, new Enrolment(bench))
          .work(stations, () -> over(patience, read, done));
      wishes.refuseAborted();
      if (!tables.failures().isEmpty()) {
        throw tables.failures().get(0);
      }
    }

    private boolean over(Duration patience, boolean must, Predicate<List<Part>> done) {
      List<Part> parts = parts();
      if (wishes.aborted() || done.test(parts) || !tables.failures().isEmpty()) {
        return true;
      }
      if (!must && !read()) {
        return true;
      }
      if (!idle(parts, patience)) {
        return false;
      }
      if (must) {
        throw held(parts);
      }
      return true;
    }

    /** Whether nothing has happened to the chunk for so long. */
    private boolean idle(List<Part> parts, Duration patience) {
      Chunk chunk = chunk();
      String now =
          chunk.state() + parts.stream().map(p -> " " + p.id() + p.state()).toList().toString();
      String me = bench.worker().id();
      boolean busy =
          chunk.owner().filter(me::equals).isPresent()
              || parts.stream()
                  .anyMatch(
                      p ->
                          p.owner().filter(me::equals).isPresent()
                              && p.state() != PartState.SUBMITTED);
      if (busy || !now.equals(seen)) {
        seen = now;
        since = bench.clock().instant();
      }
      return !bench.clock().instant().isBefore(since.plus(patience));
    }

    private Failure held(List<Part> parts) {
      Pass run = bench.ledger().tables().pass(table.name()).orElseThrow();
      if (run.stopped().isPresent()) {
        return new Failure(
            Failure.Kind.FAILED,
            "TABLE_STOPPED",
            table.name() + " was stopped meanwhile: " + run.stopped().get(),
            "Mend that, and run the same step again.");
      }
      (read() ? Opening.ofTarget(bench) : Opening.ofSource(bench))
          .require(Set.of(table.config().name()));
      Chunk chunk = chunk();
      String me = bench.worker().id();
      boolean others =
          chunk.owner().filter(o -> !o.equals(me)).isPresent()
              || parts.stream().anyMatch(p -> p.owner().filter(o -> !o.equals(me)).isPresent());
      Instant at = bench.clock().instant().plus(LATER);
      return others
          ? new TryLater(
              Failure.Kind.TRANSIENT,
              "CHUNK_HELD",
              "Another process works on chunk " + chunk.label() + ".",
              "Run the same step again: it goes on when that process is done or its lease is over.",
              at)
          : new TryLater(
              Failure.Kind.TRANSIENT,
              "SLOTS_FULL",
              "Chunk %s waits: all %,d job slots or those of the table are taken, or the staging directory is full."
                  .formatted(chunk.label(), bench.config().target().maxConcurrentJobs()),
              "Run the same step again when jobs have ended.",
              at);
    }

    boolean sent(List<Part> parts) {
      return read()
          && parts.stream()
              .noneMatch(p -> p.state() == PartState.SEALED || ON_THE_WAY.contains(p.state()));
    }

    boolean settled(List<Part> parts) {
      return read()
          && parts.stream()
              .allMatch(p -> p.state() == PartState.SETTLED || p.state() == PartState.LOST);
    }

    private boolean read() {
      Chunk.State state = chunk().state();
      return state == Chunk.State.STAGED || state == Chunk.State.SETTLED;
    }

    private Chunk chunk() {
      return bench
          .ledger()
          .chunks()
          .find(table.name(), no)
          .orElseThrow(
              () ->
                  new Failure(
                      Failure.Kind.CONFIGURATION,
                      "CHUNK_UNKNOWN",
                      "%s has no chunk %d.".formatted(table.name(), no),
                      "Take the numbers of the chunks from the result of `initload task plan`."));
    }

    private List<Part> parts() {
      return bench.ledger().parts().ofChunk(table.name(), no);
    }

    Outcome outcome() {
      List<Job> jobs = new ArrayList<>();
      for (Part part : parts()) {
        if (part.state() == PartState.SUBMITTED || ENDED.contains(part.state())) {
          bench.ledger().jobs().last(part).ifPresent(jobs::add);
        }
      }
      return new Outcome(
          bench.stop().requested() && !sent(parts()),
          chunk(),
          jobs,
          bench.clock().instant().plus(LATER));
    }
  }
}
