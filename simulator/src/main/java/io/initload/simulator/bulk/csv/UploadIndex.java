package io.initload.simulator.bulk.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the rows of an upload lie: the header, then transactions of some rows each. Built while the
 * bytes arrive; read-only afterwards.
 */
public final class UploadIndex {
  /** Rows of a transaction in a real org. */
  public static final int TRANSACTION_ROWS_MAX = 200;

  /** Rows of an internal batch; a transaction never reaches into the next one. */
  public static final int BATCH_ROWS = 10_000;

  /** Rows of more bytes than this are remembered one by one. */
  public static final int WIDE_BYTES = 400_000;

  private long[] starts = new long[16];
  private long[] firstRows = new long[16];
  private int transactions;
  private long rows;
  private long end;
  private boolean sawLf;
  private boolean sawCrLf;
  private boolean breakInQuotes;
  private boolean crLfInQuotes;
  private final List<WideRow> wideRows = new ArrayList<>();

  /** A row of more than {@link #WIDE_BYTES} bytes, which may or may not be as many characters. */
  public record WideRow(long start, int bytes) {}

  void startTransaction(long offset) {
    if (transactions == starts.length) {
      starts = Arrays.copyOf(starts, transactions * 2);
      firstRows = Arrays.copyOf(firstRows, transactions * 2);
    }
    starts[transactions] = offset;
    firstRows[transactions++] = rows;
  }

  void countRow(long start, long bytes) {
    rows++;
    if (bytes > WIDE_BYTES) {
      wideRows.add(new WideRow(start, (int) bytes));
    }
  }

  void finish(long length, boolean lf, boolean crLf, boolean lfQuoted, boolean crLfQuoted) {
    end = length;
    sawLf = lf;
    sawCrLf = crLf;
    breakInQuotes = lfQuoted;
    crLfInQuotes = crLfQuoted;
  }

  public long rows() {
    return rows;
  }

  public int transactions() {
    return transactions;
  }

  public int batches() {
    return (int) ((rows + BATCH_ROWS - 1) / BATCH_ROWS);
  }

  /** Length of the header line with its end; the whole upload if there are no rows. */
  public long headerEnd() {
    return transactions == 0 ? end : starts[0];
  }

  public long start(int transaction) {
    return starts[transaction];
  }

  public long end(int transaction) {
    return transaction + 1 == transactions ? end : starts[transaction + 1];
  }

  public long firstRow(int transaction) {
    return firstRows[transaction];
  }

  public int rows(int transaction) {
    long next = transaction + 1 == transactions ? rows : firstRows[transaction + 1];
    return (int) (next - firstRows[transaction]);
  }

  /** The first transaction of a batch, or the number of transactions if there is no such batch. */
  public int firstTransaction(int batch) {
    int found = Arrays.binarySearch(firstRows, 0, transactions, (long) batch * BATCH_ROWS);
    return found < 0 ? transactions : found;
  }

  /** Rows long enough to be looked at, in order. */
  public List<WideRow> wideRows() {
    return wideRows;
  }

  /** Whether every line ends as the job says; {@code strict} asks the same of breaks in quotes. */
  public boolean endsAs(LineEnding ending, boolean strict) {
    return switch (ending) {
      case LF -> !sawCrLf && !(strict && crLfInQuotes);
      case CRLF -> !sawLf && !(strict && breakInQuotes);
    };
  }
}
