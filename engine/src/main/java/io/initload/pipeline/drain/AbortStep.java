package io.initload.pipeline.drain;

import io.initload.ledger.entry.Job;
import io.initload.pipeline.work.Pause;
import io.initload.pipeline.work.Step;
import io.initload.pipeline.work.Workbench;
import io.initload.salesforce.JobState;
import io.initload.salesforce.errors.OrgException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends in the org the jobs of a migration, whoever watches them. What they had done by then is
 * found as that of any job which somebody else ended: its results are asked for. One thread.
 */
final class AbortStep implements Step {
  private static final Logger LOG = LoggerFactory.getLogger(AbortStep.class);
  private static final Duration LATER = Duration.ofSeconds(5);

  private final Workbench bench;
  private final Pause pause;
  private final Set<Long> ended = new HashSet<>();
  private final AtomicInteger aborted = new AtomicInteger();

  AbortStep(Workbench bench) {
    this.bench = bench;
    this.pause = new Pause(bench.clock());
  }

  @Override
  public String name() {
    return "abort";
  }

  @Override
  public Instant due() {
    return pause.due();
  }

  @Override
  public boolean tryStep() throws InterruptedException {
    if (pause.lasts()) {
      return false;
    }
    for (Job job : bench.ledger().jobs().begun()) {
      if (ended.add(job.id())) {
        end(job);
        return true;
      }
    }
    return false;
  }

  private void end(Job job) throws InterruptedException {
    String id = job.sfId().orElse("");
    try {
      JobState state = bench.org().jobs().ensureEnded(id).state();
      if (state == JobState.ABORTED) {
        aborted.incrementAndGet();
      }
      LOG.info("{}: job {} ended as {}", job.table(), id, state);
      bench.checkpoint().reached("abort.ended");
    } catch (OrgException.UnknownOutcome | OrgException.LimitReached e) {
      LOG.info("job {}: {}", id, e.getMessage());
      ended.remove(job.id());
      pause.begin(LATER);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  /** How many jobs it found open or under way and ended. */
  int aborted() {
    return aborted.get();
  }
}
