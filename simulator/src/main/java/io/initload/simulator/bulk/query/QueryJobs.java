package io.initload.simulator.bulk.query;

import io.initload.simulator.bulk.BulkErrors;
import io.initload.simulator.bulk.JobState;
import io.initload.simulator.bulk.Timeline;
import io.initload.simulator.bulk.Workers;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.LineEnding;
import io.initload.simulator.clock.ClockDriver;
import io.initload.simulator.clock.OrgClock;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.simulator.model.OrgException;
import io.initload.simulator.query.CsvPrinter;
import io.initload.simulator.query.PageFile;
import io.initload.simulator.soql.Dialect;
import io.initload.simulator.soql.QueryBounds;
import io.initload.simulator.soql.RecordSource.Visibility;
import io.initload.simulator.soql.SoqlException;
import io.initload.simulator.soql.run.PreparedQuery;
import io.initload.simulator.soql.run.QueryRows;
import io.initload.simulator.soql.run.SoqlEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Bulk query jobs of an org, from creation to the end of their retention
 * (docs/reference/salesforce.md, "Bulk query"). Safe for several threads. With a clock that runs by
 * itself queries run in threads of its own, otherwise in the thread that moves the clock or calls
 * {@link #advance}. Refusals are {@link OrgException}s.
 */
public final class QueryJobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(QueryJobs.class);

  /** Reading is this much faster than the cost model's writing. */
  private static final int READS_PER_WRITE = 10;

  private static final int THREADS = 2;
  private static final int PAGES_LISTED = 5;
  private static final long MEGABYTE = 1 << 20;

  private final QuerySetup setup;
  private final SoqlEngine engine;
  private final QueryShelf shelf;
  private final ReentrantLock lock = new ReentrantLock();
  private final Timeline timeline = new Timeline(this::wake);
  private final Workers workers;
  private final OrgClock.Registration moves;
  private volatile @Nullable ClockDriver driver;
  private boolean closed;

  /**
   * Goes on with the jobs in the store.
   *
   * @param name starts the names of its threads
   */
  public QueryJobs(String name, QuerySetup setup) {
    this.setup = setup;
    this.shelf = new QueryShelf(setup.store());
    this.engine = new SoqlEngine(setup.records(), setup.records(), shelf.folder());
    boolean background = setup.clock().runsByItself();
    this.workers = background ? Workers.threads(name + "-query", THREADS) : Workers.inTheCaller();
    lock.lock();
    try {
      shelf.all().forEach(this::plan);
    } finally {
      lock.unlock();
    }
    if (background) {
      this.driver = new ClockDriver(name + "-queries", setup.clock(), this::advance);
    }
    this.moves = setup.clock().onMove(this::advance);
  }

  /** Does everything that is due by now; answers when something is due next. */
  public Optional<Instant> advance() {
    lock.lock();
    try {
      if (closed) {
        return Optional.empty();
      }
      timeline.runUntil(setup.clock().instant());
      return timeline.next();
    } finally {
      lock.unlock();
    }
  }

  /** Creates a job for a user; it is queued at once. */
  public QueryJobInfo create(QueryRequest request, String userId) {
    QueryRequest checked = request.checked();
    Instant now = setup.clock().instant();
    PreparedQuery query = prepare(checked, now);
    long jobsMax = setup.usage().max(Counted.QUERY_JOBS);
    long megabytesMax = setup.usage().max(Counted.QUERY_MEGABYTES);
    if (setup.usage().remaining(Counted.QUERY_MEGABYTES) == 0) {
      throw QueryErrors.tooManyBytes(megabytesMax * 1_024);
    }
    if (setup.usage().takeUpTo(Counted.QUERY_JOBS, 1, now) == 0) {
      throw QueryErrors.tooManyJobs(jobsMax, setup.usage().used(Counted.QUERY_JOBS));
    }
    lock.lock();
    try {
      QueryJob job =
          shelf.create(checked, query.object().name(), !query.isOrderedOrLimited(), userId, now);
      plan(job);
      return job.info();
    } finally {
      lock.unlock();
    }
  }

  private PreparedQuery prepare(QueryRequest request, Instant now) {
    try {
      return engine.prepare(request.query(), Dialect.BULK, now, ZoneOffset.UTC);
    } catch (SoqlException e) {
      throw OrgException.bad(e.error().name(), String.valueOf(e.getMessage()));
    }
  }

  private void plan(QueryJob job) {
    switch (job.state) {
      case OPEN, UPLOAD_COMPLETE ->
          timeline.plan(job.created.plus(setup.cost().queueDelay()), t -> start(job, t));
      case IN_PROGRESS -> timeline.plan(setup.clock().instant(), t -> run(job, t));
      case JOB_COMPLETE, FAILED, ABORTED ->
          timeline.plan(job.modified.plus(setup.retention()), t -> expire(job));
    }
  }

  private void wake() {
    ClockDriver thread = driver;
    if (thread != null) {
      thread.wake();
    }
  }

  private void start(QueryJob job, Instant now) {
    if (job.state == JobState.UPLOAD_COMPLETE) {
      shelf.change(job, JobState.IN_PROGRESS, now);
      run(job, now);
    }
  }

  private void run(QueryJob job, Instant started) {
    workers.execute(() -> query(job, started));
  }

  private void query(QueryJob job, Instant started) {
    PageFile file = shelf.file(job);
    long rowCount;
    long bytes;
    String header;
    try {
      PreparedQuery query = prepare(job.request, job.created);
      CsvPrinter printer = printer(job, query);
      header = new String(printer.header(), StandardCharsets.UTF_8);
      Visibility visibility =
          job.request.operation().equals("queryAll") ? Visibility.WITH_DELETED : Visibility.LIVE;
      QueryBounds bounds = new QueryBounds(Long.MAX_VALUE, () -> job.stopping);
      try (QueryRows rows = engine.run(query, visibility, bounds);
          PageFile.Writer writer = file.write()) {
        while (rows.next()) {
          byte[] line = printer.row(rows);
          writer.add(line, line.length);
        }
        rowCount = writer.count();
        bytes = writer.bytes();
      }
    } catch (CancellationException e) {
      file.delete();
      return;
    } catch (IOException | RuntimeException e) {
      LOG.warn("Query job {} failed: {}", job.id, job.request.query(), e);
      end(job, JobState.FAILED, time(started));
      return;
    }
    complete(job, header, rowCount, bytes, started);
  }

  private static CsvPrinter printer(QueryJob job, PreparedQuery query) {
    Delimiter delimiter = Delimiter.valueOf(job.request.columnDelimiter());
    String lineEnd = LineEnding.valueOf(job.request.lineEnding()) == LineEnding.LF ? "\n" : "\r\n";
    return new CsvPrinter(query.columns(), delimiter.character(), lineEnd);
  }

  private void complete(QueryJob job, String header, long rows, long bytes, Instant started) {
    lock.lock();
    try {
      if (job.state != JobState.IN_PROGRESS) {
        shelf.file(job).delete();
        return;
      }
      job.header = header;
      job.rows = rows;
      setup.usage().count(Counted.QUERY_MEGABYTES, (bytes + MEGABYTE - 1) / MEGABYTE);
      Duration cost =
          setup.cost().until(rows / READS_PER_WRITE, Math.max(1, rows / READS_PER_WRITE));
      timeline.plan(started.plus(cost), t -> end(job, JobState.JOB_COMPLETE, time(t)));
    } finally {
      lock.unlock();
    }
  }

  private Instant time(Instant due) {
    return setup.clock().runsByItself() ? setup.clock().instant() : due;
  }

  private void end(QueryJob job, JobState state, Instant now) {
    lock.lock();
    try {
      if (job.state == JobState.IN_PROGRESS) {
        finish(job, state, now);
      }
    } finally {
      lock.unlock();
    }
  }

  private void finish(QueryJob job, JobState state, Instant now) {
    job.totalMillis = Math.max(0, Duration.between(job.created, now).toMillis());
    shelf.change(job, state, now);
    plan(job);
  }

  private void expire(QueryJob job) {
    if (job.state.isTerminal() && shelf.find(job.id).isPresent()) {
      shelf.remove(job);
    }
  }

  /** Does what a client asks for by setting a job's state; only {@code Aborted} is allowed. */
  public QueryJobInfo change(String id, String state) {
    lock.lock();
    try {
      QueryJob job = find(id);
      if (!state.equals("Aborted")) {
        throw BulkErrors.invalidState("Invalid job state: " + state);
      }
      if (job.state.isTerminal()) {
        throw BulkErrors.invalidState("Aborting already Completed Job not allowed");
      }
      job.stopping = true;
      finish(job, JobState.ABORTED, setup.clock().instant());
      return job.info();
    } finally {
      lock.unlock();
    }
  }

  /** A job as it is now. */
  public QueryJobInfo get(String id) {
    lock.lock();
    try {
      return find(id).info();
    } finally {
      lock.unlock();
    }
  }

  /** All jobs in order of creation. */
  public List<QueryJobInfo> list() {
    lock.lock();
    try {
      return new ArrayList<>(shelf.all().stream().map(QueryJob::info).toList());
    } finally {
      lock.unlock();
    }
  }

  /** Deletes a job with its results. */
  public void delete(String id) {
    lock.lock();
    try {
      QueryJob job = find(id);
      if (!job.state.isTerminal()) {
        throw BulkErrors.notTerminated();
      }
      shelf.remove(job);
    } finally {
      lock.unlock();
    }
  }

  /**
   * One page of a job's results.
   *
   * @param locator as {@link QueryResults#nextLocator} gave it, empty for the first page
   * @param maxRecords rows wanted at most, 0 to leave it to the org
   */
  public QueryResults results(String id, int apiVersion, String locator, long maxRecords) {
    lock.lock();
    try {
      QueryJob job = complete(id, apiVersion);
      long from = QueryLocator.offset(locator, job.rows);
      long wanted = maxRecords > 0 ? maxRecords : setup.rules().bulkPageRows();
      long count = Math.min(wanted, job.rows - from);
      long next = from + count;
      return new QueryResults(
          job.header,
          shelf.file(job),
          from,
          count,
          next < job.rows ? QueryLocator.of(next) : QueryLocator.END);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Locators of the next five pages of a job's results, and of the list after them.
   *
   * @param locator empty for the first list
   */
  public ResultPages pages(String id, int apiVersion, String locator) {
    lock.lock();
    try {
      QueryJob job = complete(id, apiVersion);
      long from = QueryLocator.offset(locator, job.rows);
      List<String> pages = new ArrayList<>();
      while (pages.size() < PAGES_LISTED && (from < job.rows || from == 0)) {
        pages.add(QueryLocator.of(from));
        from += setup.rules().bulkPageRows();
      }
      return new ResultPages(List.copyOf(pages), from < job.rows ? QueryLocator.of(from) : "");
    } finally {
      lock.unlock();
    }
  }

  /** Where pages begin; {@code next} is empty after the last list. */
  public record ResultPages(List<String> locators, String next) {}

  private QueryJob complete(String id, int apiVersion) {
    QueryJob job = find(id);
    if (job.request.apiVersion() != apiVersion) {
      throw QueryErrors.otherVersion(job.request.apiVersion(), apiVersion);
    }
    if (job.state != JobState.JOB_COMPLETE) {
      throw QueryErrors.notComplete(job.state);
    }
    return job;
  }

  private QueryJob find(String id) {
    return shelf.find(id).orElseThrow(OrgException::notFound);
  }

  /** Ends all work; jobs under way start again when the org is opened again. */
  @Override
  public void close() {
    moves.close();
    lock.lock();
    try {
      closed = true;
      shelf.all().stream()
          .filter(job -> !job.state.isTerminal())
          .forEach(job -> job.stopping = true);
    } finally {
      lock.unlock();
    }
    ClockDriver thread = driver;
    if (thread != null) {
      thread.close();
    }
    workers.close();
  }
}
