package io.initload.pipeline.load;

import io.initload.LogContext;
import io.initload.ledger.entry.Job;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Workbench;
import io.initload.retry.PollPace;
import io.initload.salesforce.JobInfo;
import io.initload.salesforce.JobWatch;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.errors.StrangeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the jobs that run, all together and with few requests, without any deadline of ours: a
 * job ends when the org says so. An answer that does not come is not a job that failed; when none
 * comes for hours, the run ends and the jobs are found again by the next. One thread.
 */
public final class PollStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(PollStep.class);

  private final Workbench bench;
  private final JobWatch watch;
  private final PollPace pace;
  private final Concurrency concurrency;
  private final OrgPatience patience;
  private Instant next = Instant.EPOCH;
  private int seen;

  public PollStep(Workbench bench, PollPace pace, Concurrency concurrency) {
    this.bench = bench;
    this.watch = new JobWatch(bench.org().jobs());
    this.pace = pace;
    this.concurrency = concurrency;
    this.patience = new OrgPatience(bench.clock());
  }

  @Override
  public String name() {
    return "poll";
  }

  @Override
  public Instant due() {
    return seen == 0 ? Instant.MAX : next;
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    Instant now = bench.clock().instant();
    Map<String, Job> running = new LinkedHashMap<>();
    bench
        .ledger()
        .jobs()
        .running(bench.worker())
        .forEach(j -> running.put(j.sfId().orElseThrow(), j));
    if (running.size() > seen) {
      next = earlier(next, now.plus(pace.changed()));
    }
    seen = running.size();
    if (running.isEmpty()) {
      next = now.plus(pace.changed());
      return false;
    }
    if (now.isBefore(next)) {
      return false;
    }
    boolean changed = look(running);
    Duration wait = changed ? pace.changed() : pace.idle();
    int requests = watch.requests(running.size());
    next = bench.clock().instant().plus(bench.org().requests().pace(wait, requests));
    return changed;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private boolean look(Map<String, Job> running) throws InterruptedException {
    JobWatch.Look look;
    try {
      look = watch.look(running.keySet());
    } catch (OrgException e) {
      if (!e.kind().passes()) {
        throw e;
      }
      patience.bear(e);
      LOG.warn("{} The jobs go on without us.", e.getMessage());
      return false;
    }
    bench.checkpoint().reached("poll.looked");
    for (JobInfo info : look.ended()) {
      end(Objects.requireNonNull(running.get(info.id())), info, running.size());
    }
    for (String id : look.gone()) {
      Job job = Objects.requireNonNull(running.get(id));
      LogContext.part(job.table(), bench.ledger().parts().chunkOf(job), job.sfId());
      LOG.warn("the org no longer knows job {}, nor what it did with its rows", id);
      bench.ledger().jobs().vanished(job, bench.worker());
    }
    bearOdd(look.odd());
    return !look.ended().isEmpty() || !look.gone().isEmpty();
  }

  /** A new state of a later org is no reason to stop, one that is there for hours is. */
  private void bearOdd(Set<String> jobs) {
    if (jobs.isEmpty()) {
      patience.answered();
    } else {
      String some = jobs.iterator().next();
      patience.bear(new StrangeAnswer("has a state that no job has").failure("job " + some));
    }
  }

  private void end(Job job, JobInfo info, int running) {
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
    LOG.debug(
        "job {} has ended {}: {} rows processed, {} refused",
        info.id(),
        info.state(),
        info.counters().processed(),
        info.counters().failed());
    concurrency.ended(info, running);
    bench.checkpoint().reached("poll.ended");
  }
}
