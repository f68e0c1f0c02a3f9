package io.initload.simulator.bulk.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the rows of an upload while its bytes pass by. Lines end with LF or CRLF outside quotes;
 * empty lines are no rows; a quote opens only at the start of a value.
 */
public final class UploadScanner {
  private static final long TRANSACTION_BYTES_MAX = 4 << 20;

  private enum At {
    VALUE_START,
    PLAIN,
    QUOTED,
    QUOTE
  }

  private final byte delimiter;
  private final int transactionRowsMax;
  private final UploadIndex index = new UploadIndex();
  private At at = At.VALUE_START;
  private long offset;
  private long rowStart;
  private long transactionStart;
  private int transactionRows;
  private boolean header = true;
  private byte before;
  private boolean sawLf;
  private boolean sawCrLf;
  private boolean lfQuoted;
  private boolean crLfQuoted;

  public UploadScanner(Delimiter delimiter, int transactionRowsMax) {
    this.transactionRowsMax = transactionRowsMax;
    this.delimiter = (byte) delimiter.character();
  }

  public void accept(byte[] data, int from, int length) {
    int end = from + length;
    At state = at;
    byte previous = before;
    for (int i = from; i < end; i++) {
      byte b = data[i];
      if (state == At.QUOTED) {
        if (b == '"') {
          state = At.QUOTE;
        } else if (b == '\n') {
          crLfQuoted |= previous == '\r';
          lfQuoted |= previous != '\r';
        }
      } else if (b == '\n') {
        endLine(offset + (i - from) + 1, previous == '\r');
        state = At.VALUE_START;
      } else if (b == delimiter) {
        state = At.VALUE_START;
      } else if (b == '"' && state != At.PLAIN) {
        state = At.QUOTED;
      } else {
        state = At.PLAIN;
        while (i + 1 < end && data[i + 1] != '\n' && data[i + 1] != delimiter) {
          i++;
        }
      }
      previous = data[i];
    }
    at = state;
    before = previous;
    offset += length;
  }

  /** Where the rows of a stored upload lie. */
  public static UploadIndex scan(Path file, Delimiter delimiter, int transactionRows) {
    UploadScanner scanner = new UploadScanner(delimiter, transactionRows);
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        scanner.accept(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + file + " cannot be read", e);
    }
    return scanner.finish();
  }

  private void endLine(long lineEnd, boolean crLf) {
    sawCrLf |= crLf;
    sawLf |= !crLf;
    long length = lineEnd - rowStart - (crLf ? 2 : 1);
    row(length);
    rowStart = lineEnd;
  }

  private void row(long length) {
    if (length <= 0) {
      return;
    }
    if (header) {
      header = false;
      return;
    }
    boolean full = transactionRows == transactionRowsMax;
    boolean wide = rowStart - transactionStart >= TRANSACTION_BYTES_MAX;
    boolean newBatch = index.rows() % UploadIndex.BATCH_ROWS == 0;
    if (index.rows() == 0 || full || wide || newBatch) {
      index.startTransaction(rowStart);
      transactionStart = rowStart;
      transactionRows = 0;
    }
    transactionRows++;
    index.countRow(rowStart, length);
  }

  /** The finished index; nothing may be accepted afterwards. */
  public UploadIndex finish() {
    if (offset > rowStart) {
      row(offset - rowStart);
    }
    index.finish(offset, sawLf, sawCrLf, lfQuoted, crLfQuoted);
    return index;
  }
}
