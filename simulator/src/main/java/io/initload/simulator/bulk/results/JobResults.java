package io.initload.simulator.bulk.results;

import io.initload.simulator.bulk.csv.CsvRows;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.csv.UploadScanner;
import io.initload.simulator.store.ByteSink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * One of the three results of a job, ready to be written as CSV. Reads the job's files while
 * writing; any number may be written at a time.
 */
public final class JobResults {
  private final Path folder;
  private final String jobId;
  private final ResultKind kind;
  private final String headerLine;
  private final List<TransactionLog.Done> done;
  private final long seed;
  private final Delimiter delimiter;
  private final boolean[] shown;
  private final int lostFromBatch;
  private final int transactionRows;

  public JobResults(
      Path folder,
      String jobId,
      Delimiter delimiter,
      ResultKind kind,
      String headerLine,
      boolean[] shown,
      List<TransactionLog.Done> done,
      int lostFromBatch,
      int transactionRows,
      long seed) {
    this.folder = folder;
    this.jobId = jobId;
    this.delimiter = delimiter;
    this.kind = kind;
    this.headerLine = headerLine;
    this.shown = shown;
    this.done = done;
    this.lostFromBatch = lostFromBatch;
    this.transactionRows = transactionRows;
    this.seed = seed;
  }

  /** Writes header and rows; does not close the stream. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(headerLine.getBytes(StandardCharsets.UTF_8));
    if (kind == ResultKind.UNPROCESSED) {
      writeUnprocessed(out);
    } else {
      writeDone(out);
    }
  }

  private void writeDone(OutputStream out) throws IOException {
    boolean success = kind == ResultKind.SUCCESSFUL;
    List<TransactionLog.Done> order = new ArrayList<>(done);
    order.removeIf(d -> (success ? d.successLength() : d.failedLength()) == 0);
    if (order.isEmpty()) {
      return;
    }
    Collections.shuffle(order, new Random(seed));
    Path file = success ? JobFiles.success(folder, jobId) : JobFiles.failed(folder, jobId);
    byte[] buffer = new byte[0];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (TransactionLog.Done d : order) {
        int length = success ? d.successLength() : d.failedLength();
        if (buffer.length < length) {
          buffer = new byte[length];
        }
        JobFiles.read(channel, buffer, length, success ? d.successAt() : d.failedAt());
        out.write(buffer, 0, length);
      }
    }
  }

  private void writeUnprocessed(OutputStream out) throws IOException {
    Path file = JobFiles.upload(folder, jobId);
    if (!Files.exists(file)) {
      return;
    }
    UploadIndex index = UploadScanner.scan(file, delimiter, transactionRows);
    BitSet attempted = new BitSet();
    done.forEach(d -> attempted.set(d.transaction()));
    int last = lostFromBatch < 0 ? index.transactions() : index.firstTransaction(lostFromBatch);
    List<Integer> left = new ArrayList<>();
    for (int t = 0; t < last; t++) {
      if (!attempted.get(t)) {
        left.add(t);
      }
    }
    Collections.shuffle(left, new Random(seed));
    CsvRows csv = new CsvRows(delimiter);
    ByteSink rows = new ByteSink(64 * 1024);
    byte[] buffer = new byte[0];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int t : left) {
        int length = (int) (index.end(t) - index.start(t));
        if (buffer.length < length) {
          buffer = new byte[length];
        }
        JobFiles.read(channel, buffer, length, index.start(t));
        csv.parse(buffer, length);
        rows.clear();
        print(csv, buffer, rows);
        out.write(rows.array(), 0, rows.size());
      }
    }
  }

  private void print(CsvRows csv, byte[] data, ByteSink rows) {
    for (int row = 0; row < csv.rows(); row++) {
      int first = csv.first(row);
      int given = csv.valuesOf(row);
      boolean started = false;
      for (int c = 0; c < given; c++) {
        if (c < shown.length && !shown[c]) {
          continue;
        }
        if (started) {
          rows.put(delimiter.character());
        }
        started = true;
        ResultRows.quoted(data, csv.at()[first + c], csv.length()[first + c], rows);
      }
      rows.put('\n');
    }
  }
}
