package io.initload.simulator.bulk.query;

import io.initload.simulator.query.PageFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One page of a query job's results: its header line and rows, where to go on, and how many rows it
 * has.
 */
public final class QueryResults {
  private final String header;
  private final PageFile file;
  private final long from;
  private final long count;
  private final String nextLocator;

  QueryResults(String header, PageFile file, long from, long count, String nextLocator) {
    this.header = header;
    this.file = file;
    this.from = from;
    this.count = count;
    this.nextLocator = nextLocator;
  }

  /** Rows in this page. */
  public long count() {
    return count;
  }

  /** What {@code Sforce-Locator} says: {@code null} as text at the end. */
  public String nextLocator() {
    return nextLocator;
  }

  /** Writes the header line and the rows; does not close the stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(header.getBytes(StandardCharsets.UTF_8));
    file.read(from, count, (bytes, length) -> out.write(bytes, 0, length));
  }
}
