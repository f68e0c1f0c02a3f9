package io.initload.salesforce;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.initload.salesforce.errors.OrgException;
import io.initload.salesforce.wire.Bounds;
import io.initload.salesforce.wire.Call;
import io.initload.salesforce.wire.RestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The rows of an ended query job, in no promised order, as texts in the order of its SELECT; null
 * is empty. Page after page: each is downloaded as a whole before its first row is seen, and only
 * one lies on the disk. The job is removed behind its last row, else it expires. For one thread;
 * close it to remove the copy.
 */
public final class BulkRows implements AutoCloseable {
  /** What a page may take: the org's own are far below. */
  private static final long PAGE_BYTES_MAX = 4L << 30;

  private static final int PAGES_MAX = 1_000_000;

  /** Removes the job. */
  interface Discard {
    void run() throws InterruptedException;
  }

  private final RestClient calls;
  private final Download copy;
  private final Discard discard;
  private final Deque<String> pages = new ArrayDeque<>();
  private final PageTrail trail;
  private Optional<CsvReader<CsvRecord>> csv = Optional.empty();
  private Iterator<CsvRecord> rows = Collections.emptyIterator();
  private boolean listed;

  BulkRows(RestClient calls, String job, Path directory, Discard discard) {
    this.calls = calls;
    this.copy = Download.in(directory, PAGE_BYTES_MAX);
    this.discard = discard;
    this.trail = new PageTrail(Call.get(job + "/resultPages"), PAGES_MAX);
  }

  /** The next row; empty after the last one. */
  public Optional<List<String>> next() throws InterruptedException {
    while (!guarded(rows::hasNext)) {
      if (pages.isEmpty() && !list()) {
        discard.run();
        return Optional.empty();
      }
      if (!pages.isEmpty()) {
        open(pages.poll());
      }
    }
    return Optional.of(guarded(rows::next).getFields());
  }

  /** Whether there were more pages. */
  private boolean list() throws InterruptedException {
    if (listed) {
      return false;
    }
    JsonNode answer = calls.listing(trail.next(), "resultPages");
    List<String> found = new ArrayList<>();
    answer.path("resultPages").forEach(page -> found.add(page.path("resultUrl").asText("")));
    pages.addAll(found);
    String next = answer.path("nextRecordsUrl").asText("");
    listed = next.isEmpty() || next.equals("null") || answer.path("done").asBoolean(false);
    if (!listed) {
      trail.to(next);
    }
    return true;
  }

  private void open(String page) throws InterruptedException {
    closeCsv();
    calls.fetch(Call.getCsv(page), copy::take);
    try {
      CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .detectBomHeader(true)
              .skipEmptyLines(true)
              .allowUnclosedQuote(false)
              .maxBufferSize(Bounds.RESULT_ROW_CHARS_MAX)
              .ofCsvRecord(copy.file());
      csv = Optional.of(reader);
      rows = reader.iterator();
    } catch (IOException e) {
      throw Download.disk(copy.file(), e);
    }
    if (guarded(rows::hasNext)) {
      guarded(rows::next); // The header, on each page.
    }
  }

  private <T> T guarded(Supplier<T> read) {
    try {
      return read.get();
    } catch (CsvParseException e) {
      throw new OrgException.Unavailable(
          "results of a query job",
          "a page is cut off or no CSV: " + e.getMessage(),
          Duration.ZERO,
          e);
    } catch (UncheckedIOException e) {
      throw Download.disk(copy.file(), e);
    }
  }

  private void closeCsv() {
    try {
      if (csv.isPresent()) {
        csv.get().close();
      }
      csv = Optional.empty();
    } catch (IOException e) {
      throw Download.disk(copy.file(), e);
    }
  }

  @Override
  public void close() {
    try {
      closeCsv();
    } finally {
      copy.close();
    }
  }
}
