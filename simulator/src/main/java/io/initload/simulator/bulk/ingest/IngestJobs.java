package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.BulkErrors;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.Timeline;
import io.initload.simulator.bulk.Workers;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.results.JobFiles;
import io.initload.simulator.bulk.results.JobResults;
import io.initload.simulator.bulk.results.ResultKind;
import io.initload.simulator.clock.ClockDriver;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.dml.ColumnPlan;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.store.StoreBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ingest jobs of an org: what clients may do with them, and their way from {@code Open} to an
 * end. Safe for several threads. With a clock that runs by itself rows are processed by threads of
 * its own; otherwise in the thread that moves the clock or calls {@link #advance}. Refusals are
 * {@link OrgException}s.
 */
public final class IngestJobs implements AutoCloseable {
  private final IngestSetup setup;
  private final ReentrantLock lock = new ReentrantLock();
  private final JobShelf shelf;
  private final JobRunner runner;
  private final Workers workers;
  private volatile @Nullable ClockDriver driver;
  private final OrgClock.Registration moves;
  private long uploads;
  private boolean closed;

  /**
   * Goes on with the jobs in the store.
   *
   * @param name starts the names of its threads
   */
  public IngestJobs(String name, IngestSetup setup) {
    this.setup = setup;
    this.shelf = new JobShelf(setup);
    boolean background = setup.clock().runsByItself();
    this.workers =
        background ? Workers.threads(name + "-batch", threads(setup)) : Workers.inTheCaller();
    this.runner = new JobRunner(setup, shelf, lock, workers, new Timeline(this::wake));
    lock.lock();
    try {
      shelf.all().forEach(runner::plan);
    } finally {
      lock.unlock();
    }
    if (background) {
      this.driver = new ClockDriver(name + "-jobs", setup.clock(), this::advance);
    }
    this.moves = setup.clock().onMove(this::advance);
  }

  private void wake() {
    ClockDriver thread = driver;
    if (thread != null) {
      thread.wake();
    }
  }

  private static int threads(IngestSetup setup) {
    return Math.min(setup.cost().parallelBatches(), Runtime.getRuntime().availableProcessors());
  }

  /** Does everything that is due by now; answers when something is due next. */
  public Optional<Instant> advance() {
    lock.lock();
    try {
      return closed ? Optional.empty() : runner.advance(setup.clock().instant());
    } finally {
      lock.unlock();
    }
  }

  /** Creates a job for a user. */
  public JobInfo create(JobRequest request, String userId) {
    JobSpec spec = request.check(setup.schema(), setup.rules());
    lock.lock();
    try {
      IngestJob job = shelf.create(spec, userId, setup.clock().instant());
      runner.plan(job);
      return job.info();
    } finally {
      lock.unlock();
    }
  }

  /** Begins to take data for a job from the user who created it; the caller closes the upload. */
  public Upload upload(String id, String userId) {
    lock.lock();
    try {
      IngestJob job = find(id);
      checkCreator(job, userId);
      checkUploadable(job);
      job.uploading = true;
      Path file = shelf.folder().resolve(job.id + "." + ++uploads + ".part");
      return new Upload(
          receiver(job),
          file,
          job.spec.columnDelimiter(),
          setup.usage().allocations().uploadBytes(),
          setup.rules());
    } finally {
      lock.unlock();
    }
  }

  private void checkCreator(IngestJob job, String userId) {
    if (setup.rules().foreignJobs() == IngestRules.ForeignJobs.REFUSED
        && !job.createdById.equals(userId)) {
      throw BulkErrors.notCreator();
    }
  }

  private static void checkUploadable(IngestJob job) {
    if (job.state != JobState.OPEN) {
      throw BulkErrors.invalidState(
          "Upload is not allowed for a job in state " + job.state.apiName());
    }
    if (job.uploaded || job.uploading) {
      throw BulkErrors.secondUpload(job.id);
    }
  }

  private Upload.Receiver receiver(IngestJob job) {
    return new Upload.Receiver() {
      @Override
      public void accept(Path received, UploadIndex index) {
        keep(job, received, index);
      }

      @Override
      public void release() {
        forget(job);
      }
    };
  }

  private void keep(IngestJob job, Path received, UploadIndex index) {
    lock.lock();
    try {
      job.uploading = false;
      checkUploadable(find(job.id));
      JobFiles.accept(received, shelf.folder(), job.id);
      job.uploaded = true;
      job.rows = index.rows();
      job.batches = index.batches();
      job.index = index;
      shelf.save(job);
    } catch (IOException e) {
      throw new UncheckedIOException("Upload of job " + job.id + " cannot be kept", e);
    } finally {
      lock.unlock();
    }
  }

  private void forget(IngestJob job) {
    lock.lock();
    try {
      job.uploading = false;
    } finally {
      lock.unlock();
    }
  }

  /** Does what a user asks for by setting a job's state. */
  public JobInfo change(String id, String state, String userId) {
    lock.lock();
    try {
      IngestJob job = find(id);
      Instant now = setup.clock().instant();
      switch (state) {
        case "UploadComplete" -> {
          checkCreator(job, userId);
          close(job, now);
        }
        case "Aborted" -> abort(job, now);
        default -> throw BulkErrors.invalidState("Invalid job state: " + state);
      }
      return job.info();
    } finally {
      lock.unlock();
    }
  }

  private void close(IngestJob job, Instant now) {
    if (job.state.isTerminal()) {
      throw BulkErrors.invalidState("Closing already Completed Job not allowed");
    }
    if (job.state != JobState.OPEN) {
      if (setup.rules().repeatedClose() == IngestRules.RepeatedClose.ACCEPTED) {
        return;
      }
      throw BulkErrors.invalidState("Closing already closed Job not allowed");
    }
    if (job.uploading) {
      throw BulkErrors.invalidState("Closing a Job during its upload not allowed");
    }
    job.closed = now;
    shelf.change(job, JobState.UPLOAD_COMPLETE, now);
    runner.plan(job);
  }

  private void abort(IngestJob job, Instant now) {
    if (job.state.isTerminal()) {
      throw BulkErrors.invalidState("Aborting already Completed Job not allowed");
    }
    runner.stop(job, JobState.ABORTED, "", now);
  }

  /** A job as it is now. */
  public JobInfo get(String id) {
    lock.lock();
    try {
      return find(id).info();
    } finally {
      lock.unlock();
    }
  }

  /** All jobs in order of creation. */
  public List<JobInfo> list() {
    lock.lock();
    try {
      return new ArrayList<>(shelf.all().stream().map(IngestJob::info).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Deletes a job with its data and results. */
  public void delete(String id) {
    lock.lock();
    try {
      IngestJob job = find(id);
      boolean open =
          job.state == JobState.OPEN
              && setup.rules().deleteOpen() == IngestRules.DeleteOpen.ALLOWED;
      if (!job.state.isTerminal() && job.state != JobState.UPLOAD_COMPLETE && !open) {
        throw BulkErrors.notTerminated();
      }
      job.stopping = true;
      job.state = JobState.ABORTED;
      shelf.remove(job, setup.clock().instant());
    } finally {
      lock.unlock();
    }
  }

  /** One of a job's results. */
  public JobResults results(String id, ResultKind kind) {
    lock.lock();
    try {
      IngestJob job = find(id);
      if (!job.state.isTerminal()
          && setup.rules().resultsWhileRunning() == IngestRules.ResultsWhileRunning.REFUSED) {
        throw BulkErrors.invalidState(
            "Results are not available for a job in state " + job.state.apiName());
      }
      Delimiter delimiter = job.spec.columnDelimiter();
      boolean[] shown = shown(job);
      String columns = shownColumns(job, shown);
      String first =
          switch (kind) {
            case SUCCESSFUL -> "\"sf__Id\"" + delimiter.character() + "\"sf__Created\"";
            case FAILED -> "\"sf__Id\"" + delimiter.character() + "\"sf__Error\"";
            case UNPROCESSED -> "";
          };
      String between = first.isEmpty() || columns.isEmpty() ? "" : "" + delimiter.character();
      return new JobResults(
          shelf.folder(),
          job.id,
          delimiter,
          kind,
          first + between + columns + "\n",
          shown,
          shelf.log().of(job.id),
          job.lostFromBatch,
          setup.rules().transactionRows(),
          setup.seed() ^ (job.number << 8));
    } finally {
      lock.unlock();
    }
  }

  /** Which columns of a job's header results show. */
  private boolean[] shown(IngestJob job) {
    int columns = HeaderReader.columnsAsSent(job.header, job.spec.columnDelimiter()).size();
    boolean[] shown = new boolean[columns];
    Arrays.fill(shown, true);
    if (setup.rules().unknownColumn() == ColumnPlan.Unknown.IGNORE && !job.header.isEmpty()) {
      try {
        ColumnPlan plan =
            HeaderReader.plan(
                setup.schema(), job.spec, setup.rules(), new UploadIndex(), job.header);
        for (int c = 0; c < columns; c++) {
          shown[c] = plan.shown(c);
        }
      } catch (JobFailure e) {
        return shown;
      }
    }
    return shown;
  }

  private static String shownColumns(IngestJob job, boolean[] shown) {
    Delimiter delimiter = job.spec.columnDelimiter();
    List<String> all = HeaderReader.columnsAsSent(job.header, delimiter);
    List<String> kept = new ArrayList<>();
    for (int c = 0; c < all.size(); c++) {
      if (shown[c]) {
        kept.add(all.get(c));
      }
    }
    return String.join(String.valueOf(delimiter.character()), kept);
  }

  private IngestJob find(String id) {
    return shelf.find(id).orElseThrow(OrgException::notFound);
  }

  /** Ends all work; jobs under way go on when the org is opened again. */
  @Override
  public void close() {
    moves.close();
    lock.lock();
    try {
      closed = true;
      runner.pause();
    } finally {
      lock.unlock();
    }
    ClockDriver thread = driver;
    if (thread != null) {
      thread.close();
    }
    workers.close();
    StoreBatch batch = new StoreBatch();
    setup.usage().save(setup.store(), batch);
    setup.store().write(batch);
  }
}
