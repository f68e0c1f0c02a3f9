package io.initload.simulator.bulk.results;

import io.initload.simulator.bulk.csv.CsvRows;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.dml.ColumnPlan;
import io.initload.simulator.dml.RowResult;
import io.initload.simulator.dml.RowTransaction;
import io.initload.simulator.store.ByteSink;
import java.util.SplittableRandom;

/**
 * Prints the rows of a transaction as results: every value quoted, rows in an order drawn from a
 * seed. Lines end with LF whatever the job's line ending. For one thread.
 */
public final class ResultRows {
  private final ColumnPlan plan;
  private final byte delimiter;
  private final boolean asDouble;
  private final ByteSink success = new ByteSink(64 * 1024);
  private final ByteSink failed = new ByteSink(4 * 1024);
  private int[] order = new int[UploadIndex.TRANSACTION_ROWS_MAX];
  private int failedRows;

  /** {@code asDouble} prints decimals as Salesforce does, not as they were sent. */
  public ResultRows(ColumnPlan plan, Delimiter delimiter, boolean asDouble) {
    this.plan = plan;
    this.delimiter = (byte) delimiter.character();
    this.asDouble = asDouble;
  }

  public void print(RowTransaction transaction, CsvRows csv, byte[] data, int columns, long seed) {
    success.clear();
    failed.clear();
    failedRows = 0;
    int rows = transaction.rows();
    shuffle(rows, seed);
    for (int i = 0; i < rows; i++) {
      int row = order[i];
      if (transaction.result(row) == RowResult.FAILED) {
        failedRows++;
        printFailed(transaction, csv, data, columns, row);
      } else {
        printSuccess(transaction, csv, data, columns, row);
      }
    }
  }

  private void shuffle(int rows, long seed) {
    if (rows > order.length) {
      order = new int[rows];
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < rows; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  private void printSuccess(
      RowTransaction transaction, CsvRows csv, byte[] data, int columns, int row) {
    success.put('"');
    transaction.appendId(row, success);
    success.putAscii("\"" + (char) delimiter + "\"");
    success.putAscii(transaction.result(row) == RowResult.CREATED ? "true" : "false");
    success.put('"');
    int first = csv.first(row);
    for (int c = 0; c < columns; c++) {
      if (!plan.shown(c)) {
        continue;
      }
      success.put(delimiter);
      if (asDouble && plan.decimal(c) && transaction.hasValue(row, c)) {
        success.put('"');
        NumberText.appendDouble(
            transaction.canonical(),
            transaction.canonicalAt(row, c),
            transaction.canonicalLength(row, c),
            success);
        success.put('"');
      } else {
        quoted(data, csv.at()[first + c], csv.length()[first + c], success);
      }
    }
    success.put('\n');
  }

  private void printFailed(
      RowTransaction transaction, CsvRows csv, byte[] data, int columns, int row) {
    failed.put('"');
    transaction.appendId(row, failed);
    failed.put('"');
    failed.put(delimiter);
    byte[] error = transaction.error(row).text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    quoted(error, 0, error.length, failed);
    int first = csv.first(row);
    int given = csv.valuesOf(row);
    for (int c = 0; c < columns; c++) {
      if (plan.shown(c)) {
        failed.put(delimiter);
        quoted(
            data,
            c < given ? csv.at()[first + c] : 0,
            c < given ? csv.length()[first + c] : 0,
            failed);
      }
    }
    failed.put('\n');
  }

  /** Appends a value in quotes, its own quotes doubled. */
  static void quoted(byte[] data, int at, int length, ByteSink out) {
    out.room(length + 2);
    out.put('"');
    int from = at;
    int end = at + length;
    for (int i = at; i < end; i++) {
      if (data[i] == '"') {
        out.put(data, from, i - from + 1);
        out.put('"');
        from = i + 1;
      }
    }
    out.put(data, from, end - from);
    out.put('"');
  }

  public ByteSink success() {
    return success;
  }

  public ByteSink failed() {
    return failed;
  }

  public int failedRows() {
    return failedRows;
  }
}
