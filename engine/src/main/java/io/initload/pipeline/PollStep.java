package io.initload.pipeline;

import io.initload.Failure;
import io.initload.ledger.Job;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks for the jobs that run, each at its own growing interval, without any deadline of ours: a job
 * ends when the org says so. An answer that does not come is not a job that failed. One thread.
 */
final class PollStep implements Step {
  private final Workbench bench;
  private final Tables tables;
  private final Map<Long, Next> plan = new HashMap<>();

  private record Next(Instant at, Duration interval) {}

  PollStep(Workbench bench, Tables tables) {
    this.bench = bench;
    this.tables = tables;
  }

  @Override
  public String name() {
    return "poll";
  }

  @Override
  public Instant due() {
    Instant none = bench.clock().instant().plus(bench.config().target().poll().first());
    return plan.values().stream().map(Next::at).min(Instant::compareTo).orElse(none);
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    List<Job> running = bench.ledger().jobs().running(bench.worker());
    Set<Long> ids = new HashSet<>();
    running.forEach(j -> ids.add(j.id()));
    plan.keySet().retainAll(ids);
    Instant now = bench.clock().instant();
    Duration first = bench.config().target().poll().first();
    boolean ended = false;
    for (Job job : running) {
      Next next = plan.computeIfAbsent(job.id(), id -> new Next(now.plus(first), first));
      if (!next.at().isAfter(now) && !tables.isStuck(job.part())) {
        ended |= poll(job, next.interval());
      }
    }
    return ended;
  }

  private boolean poll(Job job, Duration interval) throws InterruptedException {
    try {
      JobInfo info = bench.org().jobs().job(job.sfId().orElseThrow());
      if (info.state().isTerminal()) {
        bench.checkpoint().reached("poll.ended");
        end(job, info);
        return true;
      }
    } catch (OrgException.Refused e) {
      if (e.isNotFound()) {
        bench.ledger().jobs().gone(job, bench.worker());
        return true;
      }
      tables.stuck(job.part());
      tables.failed(job.table(), e);
    } catch (OrgException e) {
      if (e.kind() != Failure.Kind.TRANSIENT && e.kind() != Failure.Kind.QUOTA) {
        throw e;
      }
      // The org is away or short of requests: the job goes on without us.
    }
    Duration max = bench.config().target().poll().max();
    Duration longer = interval.multipliedBy(3).dividedBy(2);
    Duration next = longer.compareTo(max) < 0 ? longer : max;
    plan.put(job.id(), new Next(bench.clock().instant().plus(next), next));
    return false;
  }

  private void end(Job job, JobInfo info) {
    Job.State state =
        switch (info.state()) {
          case JOB_COMPLETE -> Job.State.COMPLETE;
          case FAILED -> Job.State.FAILED;
          case ABORTED -> Job.State.ABORTED;
          default -> throw new IllegalStateException("not an end: " + info.state());
        };
    bench
        .ledger()
        .jobs()
        .ended(
            job,
            bench.worker(),
            state,
            info.counters().processed(),
            info.counters().failed(),
            info.errorMessage());
    plan.remove(job.id());
  }
}
