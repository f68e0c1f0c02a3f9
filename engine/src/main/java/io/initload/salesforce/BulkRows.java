package io.initload.salesforce;

import io.initload.salesforce.wire.RestClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The rows of an ended query job, in no promised order, as texts in the order of its SELECT; null
 * is empty. Page after page: each is downloaded as a whole before its first row is seen, and only
 * one lies on the disk. The job is removed behind its last row, else it expires. For one thread;
 * close it to remove the copy.
 */
public final class BulkRows implements AutoCloseable {
  /** Removes the job. */
  interface Discard {
    void run() throws InterruptedException;
  }

  private final ResultPage.Addresses pages;
  private final ResultPage page;
  private final Discard discard;

  BulkRows(RestClient calls, String job, Path directory, Discard discard) {
    this.pages = new ResultPage.Addresses(calls, job);
    this.page = new ResultPage(calls, directory);
    this.discard = discard;
  }

  /** The next row; empty after the last one. */
  public Optional<List<String>> next() throws InterruptedException {
    Optional<List<String>> row = page.next();
    while (row.isEmpty()) {
      Optional<String> next = pages.next();
      if (next.isEmpty()) {
        discard.run();
        return Optional.empty();
      }
      page.open(next.get());
      row = page.next();
    }
    return row;
  }

  @Override
  public void close() {
    page.close();
  }
}
