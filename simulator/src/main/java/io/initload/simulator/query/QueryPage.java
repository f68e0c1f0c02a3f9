package io.initload.simulator.query;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * One answer of a REST query resource, ready to be written as JSON.
 *
 * @param totalSize rows of all pages
 * @param nextRecordsUrl where to go on, empty at the end
 */
public record QueryPage(long totalSize, String nextRecordsUrl, Rows rows) {

  /** Writes the rows of the page, separated by commas. */
  @FunctionalInterface
  public interface Rows {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Whether there is nothing to go on with. */
  public boolean done() {
    return nextRecordsUrl.isEmpty();
  }

  /** Writes the answer as compact JSON. */
  public void writeTo(OutputStream out) throws IOException {
    String next = done() ? "" : ",\"nextRecordsUrl\":\"%s\"".formatted(nextRecordsUrl);
    out.write(
        "{\"totalSize\":%d,\"done\":%b%s,\"records\":["
            .formatted(totalSize, done(), next)
            .getBytes(StandardCharsets.UTF_8));
    rows.writeTo(out);
    out.write("]}".getBytes(StandardCharsets.UTF_8));
  }
}
