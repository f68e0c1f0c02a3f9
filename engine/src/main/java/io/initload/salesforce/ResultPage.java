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
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A page of the results of a query job, and the next one after it: each is downloaded as a whole
 * before its first row is seen, over the one before. For one thread; close it to remove the copy.
 */
final class ResultPage implements AutoCloseable {
  /** What a page may take: the org's own are far below. */
  private static final long PAGE_BYTES_MAX = 4L << 30;

  private final RestClient calls;
  private final Download copy;
  private Optional<CsvReader<CsvRecord>> csv = Optional.empty();
  private Iterator<CsvRecord> rows = Collections.emptyIterator();

  ResultPage(RestClient calls, Path directory) {
    this.calls = calls;
    this.copy = Download.in(directory, PAGE_BYTES_MAX);
  }

  /** Goes to the first row of a page. */
  void open(String page) throws InterruptedException {
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

  /** The page's next row; empty after the last one. */
  Optional<List<String>> next() {
    return guarded(rows::hasNext) ? Optional.of(guarded(rows::next).getFields()) : Optional.empty();
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

  /**
   * The addresses of the pages of an ended query job's results, a few at a time. For one thread.
   */
  static final class Addresses {
    private static final int PAGES_MAX = 1_000_000;

    private final RestClient calls;
    private final PageTrail trail;
    private final Deque<String> pages = new ArrayDeque<>();
    private boolean listed;

    /**
     * @param job its address
     */
    Addresses(RestClient calls, String job) {
      this.calls = calls;
      this.trail = new PageTrail(Call.get(job + "/resultPages"), PAGES_MAX);
    }

    /** The next page's; empty after the last one. */
    Optional<String> next() throws InterruptedException {
      while (pages.isEmpty() && !listed) {
        list();
      }
      return Optional.ofNullable(pages.poll());
    }

    private void list() throws InterruptedException {
      JsonNode answer = calls.listing(trail.next(), "resultPages");
      answer.path("resultPages").forEach(page -> pages.add(page.path("resultUrl").asText("")));
      String next = answer.path("nextRecordsUrl").asText("");
      listed = next.isEmpty() || next.equals("null") || answer.path("done").asBoolean(false);
      if (!listed) {
        trail.to(next);
      }
    }
  }
}
