package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from state to state as time goes by. What happens is a function of the clock, the cost
 * model and the order of requests. Guarded by the lock.
 */
final class JobRunner implements BatchRunner.Owner {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

  private final IngestSetup setup;
  private final JobShelf shelf;
  private final Timeline timeline;
  private final JobOpening opening;
  private final BatchRunner batches;

  /** Starts with nothing to do; rows are processed by the executor. */
  JobRunner(
      IngestSetup setup, JobShelf shelf, ReentrantLock lock, Executor executor, Timeline timeline) {
    this.setup = setup;
    this.shelf = shelf;
    this.timeline = timeline;
    this.opening = new JobOpening(setup, shelf);
    this.batches = new BatchRunner(setup, shelf.log(), lock, executor, timeline, this);
  }

  /** Does everything that is due; answers when something is due next. */
  Optional<Instant> advance(Instant now) {
    timeline.runUntil(now);
    return timeline.next();
  }

  /** Plans what is to become of a job that is in some state since some time. */
  void plan(IngestJob job) {
    IngestRules rules = setup.rules();
    switch (job.state) {
      case OPEN -> timeline.plan(job.created.plus(rules.openTime()), t -> closeForgotten(job, t));
      case UPLOAD_COMPLETE ->
          timeline.plan(job.closed.plus(setup.cost().queueDelay()), t -> start(job, t));
      case IN_PROGRESS -> timeline.plan(setup.clock().instant(), t -> open(job, t));
      case JOB_COMPLETE, FAILED, ABORTED ->
          timeline.plan(job.modified.plus(rules.retention()), t -> expire(job, t));
    }
  }

  private void closeForgotten(IngestJob job, Instant now) {
    if (job.state == JobState.OPEN) {
      stop(job, JobState.ABORTED, "", now);
    }
  }

  private void expire(IngestJob job, Instant now) {
    if (shelf.find(job.id).isPresent() && job.state.isTerminal()) {
      shelf.remove(job, now);
    }
  }

  private void start(IngestJob job, Instant now) {
    if (job.state == JobState.UPLOAD_COMPLETE) {
      shelf.change(job, JobState.IN_PROGRESS, now);
      open(job, now);
    }
  }

  private void open(IngestJob job, Instant now) {
    try {
      beginRows(job, now);
    } catch (RuntimeException e) {
      LOG.warn("Job {} cannot be processed", job.id, e);
      stop(job, JobState.FAILED, "InternalServerError : " + e, now);
    }
  }

  /** Begins, or after a restart goes on with, the rows of a job. */
  private void beginRows(IngestJob job, Instant now) {
    if (job.state != JobState.IN_PROGRESS) {
      return;
    }
    try {
      Optional<JobWork> work = opening.work(job);
      if (work.isPresent()) {
        batches.queue(job, work.get(), now);
      } else {
        end(job, JobState.JOB_COMPLETE, "", now);
      }
    } catch (JobFailure e) {
      if (setup.rules().headerFailure() == IngestRules.HeaderFailure.NOWHERE) {
        job.lostFromBatch = 0;
        job.lost = job.rows;
      }
      end(job, JobState.FAILED, e.errorMessage(), now);
    }
  }

  @Override
  public void finish(IngestJob job, Instant now) {
    boolean failed =
        job.lostFromBatch >= 0
            && setup.rules().batchesExhausted() == IngestRules.BatchesExhausted.FAIL_JOB;
    end(
        job,
        failed ? JobState.FAILED : JobState.JOB_COMPLETE,
        failed ? "ExceededQuota : ApiBatchItems Limit exceeded." : "",
        now);
  }

  /** Ends a job before its rows are done; waits for transactions that are under way. */
  @Override
  public void stop(IngestJob job, JobState state, String errorMessage, Instant now) {
    job.stopping = true;
    batches.drop(job, now);
    if (!job.state.isTerminal()) {
      end(job, state, errorMessage, now);
    }
    batches.fill(now);
  }

  /** Lets no further transaction start and waits for those under way; jobs keep their state. */
  void pause() {
    batches.pause();
  }

  private void end(IngestJob job, JobState state, String errorMessage, Instant now) {
    JobWork work = job.work;
    if (work != null) {
      work.files.close();
      if (state == JobState.JOB_COMPLETE && job.lost == 0) {
        work.files.deleteUpload();
      }
    }
    job.work = null;
    job.index = null;
    job.errorMessage = errorMessage;
    if (job.state != JobState.OPEN) {
      job.totalMillis = Duration.between(job.closed, now).toMillis();
    }
    shelf.change(job, state, now);
    plan(job);
  }
}
