package io.initload.salesforce;

import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.RestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A query job that is known by its id, so that another process can go on with it: its results are
 * kept for seven days. It may be read more than once. For one thread, which may let several read
 * its pages.
 */
public final class BulkQuery {
  private final QueryJobs jobs;
  private final RestClient calls;
  private final String id;

  BulkQuery(QueryJobs jobs, RestClient calls, String id) {
    this.jobs = jobs;
    this.calls = calls;
    this.id = id;
  }

  /** Its id in the org. */
  public String id() {
    return id;
  }

  /** Waits for its end; whether it ended well. A job that is gone has not. */
  public boolean ended() throws InterruptedException {
    try {
      return jobs.ended(id).isPresent();
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return false;
    }
  }

  /** What the org says of it, for people: its state, and why it failed it. */
  public String said() throws InterruptedException {
    try {
      return jobs.said(id);
    } catch (OrgException.Refused e) {
      if (!e.isNotFound()) {
        throw e;
      }
      return "is gone";
    }
  }

  /**
   * Reads all rows of the ended job, in no promised order, page by page and several pages at once.
   *
   * @param directory for a private temporary copy of each page that is read
   * @param readers how many pages are read at once
   * @param taker makes who takes the rows of one reader, as texts in the order of the SELECT
   */
  public void each(Path directory, int readers, Supplier<Consumer<List<String>>> taker)
      throws InterruptedException {
    ResultPage.Addresses pages = new ResultPage.Addresses(calls, jobs.address(id));
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      ExecutorCompletionService<Integer> done = new ExecutorCompletionService<>(threads);
      for (int i = 0; i < readers; i++) {
        Future<Integer> unused = done.submit(reader(pages, directory, taker.get()));
      }
      for (int i = 0; i < readers; i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw thrown(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Callable<Integer> reader(
      ResultPage.Addresses pages, Path directory, Consumer<List<String>> taker) {
    return () -> {
      int read = 0;
      try (ResultPage page = new ResultPage(calls, directory)) {
        for (Optional<String> next = next(pages); next.isPresent(); next = next(pages)) {
          page.open(next.get());
          for (Optional<List<String>> row = page.next(); row.isPresent(); row = page.next()) {
            taker.accept(row.get());
          }
          read++;
        }
      }
      return read;
    };
  }

  private static Optional<String> next(ResultPage.Addresses pages) throws InterruptedException {
    synchronized (pages) {
      return pages.next();
    }
  }

  private static RuntimeException thrown(ExecutionException e) throws InterruptedException {
    Throwable cause = e.getCause();
    if (cause instanceof InterruptedException) {
      InterruptedException stopped = new InterruptedException("reading was stopped");
      stopped.initCause(e);
      throw stopped;
    }
    if (cause instanceof RuntimeException known) {
      return known;
    }
    return new IllegalStateException("a page could not be read", cause);
  }

  /**
   * The rows of the ended job one after another, in no promised order; the caller closes them.
   *
   * @param directory for a private temporary copy of one page
   */
  public BulkRows rows(Path directory) {
    return new BulkRows(calls, jobs.address(id), directory, () -> {});
  }

  /** Removes it; else it expires. */
  public void discard() throws InterruptedException {
    jobs.discard(id);
  }
}
