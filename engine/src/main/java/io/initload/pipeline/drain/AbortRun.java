package io.initload.pipeline.drain;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.ledger.wishes.Wish;
import io.initload.pipeline.load.Quota;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.pipeline.work.StepRunner;
import io.initload.pipeline.work.Workbench;
import io.initload.pipeline.work.Workers;
import io.initload.retry.Sleeper;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Ends a migration where it stands: whoever works on it is asked to end, its jobs are aborted in
 * the org, and what they had done is booked. May be killed at any moment and given again; the next
 * run goes on from whatever it left.
 */
public final class AbortRun {
  private final Workbench bench;
  private final RandomGenerator jitter;
  private final StepRunner runner;

  /**
   * @param sleeper waits after passing trouble
   * @param jitter spreads the looks at running jobs
   */
  public AbortRun(Workbench bench, Sleeper sleeper, RandomGenerator jitter) {
    this(bench, jitter, new Workers(bench.stop(), bench.clock(), sleeper, new Enrolment(bench)));
  }

  /** For rehearsals, which call the steps in an order of their own. */
  public AbortRun(Workbench bench, RandomGenerator jitter, StepRunner runner) {
    this.bench = bench;
    this.jitter = jitter;
    this.runner = runner;
  }

  /**
   * How it ended.
   *
   * @param stopped whether it was asked to stop before it was done
   * @param lifted whether somebody let the migration go on meanwhile
   * @param jobs that were open or under way and are aborted now
   */
  public record Outcome(boolean stopped, boolean lifted, int jobs, List<Failure> failures) {
    public Outcome {
      failures = List.copyOf(failures);
    }

    /** Whether no job of the migration is left in the org, and all that ended are booked. */
    public boolean complete() {
      return !stopped && !lifted && failures.isEmpty();
    }
  }

  /**
   * Aborts and books; reads nothing from the source.
   *
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}, or what
   *     ended it
   */
  public Outcome run() throws InterruptedException {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    enrolment.begun();
    String host = bench.worker().host();
    bench.ledger().audit().by(host).about(Audit.Act.ABORT, bench.config().name());
    bench.ledger().wishes().make(Wish.Kind.ABORT, Optional.empty(), Processes.person(host));
    bench.checkpoint().reached("abort.wished");
    AbortStep abort = new AbortStep(bench);
    // Before anybody looks at what is in flight: who adopts a job lets it go on.
    while (!bench.stop().requested() && abort.tryStep()) {
      enrolment.keep();
    }
    Quota quota = new Quota(bench, WhenExhausted.WAIT);
    Drain drain = new Drain(bench, runner, jitter);
    List<Failure> failures =
        drain.run(
            quota, List.of(abort), tables -> lifted() || (drain.landed(tables) && nobodyReads()));
    return new Outcome(bench.stop().requested(), lifted(), abort.aborted(), failures);
  }

  /** Whether those who read have let go of what they had in hand. */
  private boolean nobodyReads() {
    return bench.ledger().activity().now().chunksReading() == 0;
  }

  private boolean lifted() {
    return bench.ledger().wishes().open().stream().noneMatch(w -> w.kind() == Wish.Kind.ABORT);
  }
}
