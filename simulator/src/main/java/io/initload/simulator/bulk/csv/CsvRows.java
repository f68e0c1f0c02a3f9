package io.initload.simulator.bulk.csv;

import java.util.Arrays;

/**
 * The rows of a piece of CSV, as positions in its bytes. Values lose their quotes in place. Used
 * again for the next piece. For one thread.
 */
public final class CsvRows {
  private static final int BROKEN_QUOTE = -1;

  private final byte delimiter;
  private int[] at = new int[4096];
  private int[] length = new int[4096];
  private int values;
  private int[] firstOfRow = new int[256];
  private int[] columnsOfRow = new int[256];
  private int rows;

  public CsvRows(Delimiter delimiter) {
    this.delimiter = (byte) delimiter.character();
  }

  /** Finds the rows in the first {@code end} bytes, which it may change. */
  public void parse(byte[] data, int end) {
    rows = 0;
    values = 0;
    int i = 0;
    while (i < end) {
      if (data[i] == '\n') {
        i++;
        continue;
      }
      if (data[i] == '\r' && i + 1 < end && data[i + 1] == '\n') {
        i += 2;
        continue;
      }
      i = row(data, i, end);
    }
  }

  private int row(byte[] data, int from, int end) {
    if (rows == firstOfRow.length) {
      firstOfRow = Arrays.copyOf(firstOfRow, rows * 2);
      columnsOfRow = Arrays.copyOf(columnsOfRow, rows * 2);
    }
    int first = values;
    boolean broken = false;
    int i = from;
    while (true) {
      int start = i;
      int valueEnd;
      if (i < end && data[i] == '"') {
        int out = ++i;
        start = out;
        boolean closed = false;
        while (i < end) {
          byte b = data[i++];
          if (b == '"') {
            if (i < end && data[i] == '"') {
              i++;
            } else {
              closed = true;
              break;
            }
          }
          data[out++] = b;
        }
        valueEnd = out;
        int rest = i;
        while (i < end && data[i] != delimiter && data[i] != '\n') {
          i++;
        }
        int junk =
            i - rest - (i < end && data[i] == '\n' && i > rest && data[i - 1] == '\r' ? 1 : 0);
        broken |= !closed || junk > 0;
      } else {
        while (i < end && data[i] != delimiter && data[i] != '\n') {
          broken |= data[i] == '"';
          i++;
        }
        valueEnd = i;
        if (i < end && data[i] == '\n' && valueEnd > start && data[valueEnd - 1] == '\r') {
          valueEnd--;
        }
      }
      value(start, valueEnd - start);
      if (i >= end) {
        break;
      }
      boolean lineEnd = data[i] == '\n';
      i++;
      if (lineEnd) {
        break;
      }
    }
    firstOfRow[rows] = first;
    columnsOfRow[rows++] = broken ? BROKEN_QUOTE : values - first;
    return i;
  }

  private void value(int start, int size) {
    if (values == at.length) {
      at = Arrays.copyOf(at, values * 2);
      length = Arrays.copyOf(length, values * 2);
    }
    at[values] = start;
    length[values++] = size;
  }

  public int rows() {
    return rows;
  }

  /** Whether a quote stands in the row where none may stand. */
  public boolean broken(int row) {
    return columnsOfRow[row] == BROKEN_QUOTE;
  }

  /** Number of values in a row that is not broken. */
  public int columns(int row) {
    return columnsOfRow[row];
  }

  /** Number of values in any row. */
  public int valuesOf(int row) {
    return (row + 1 < rows ? firstOfRow[row + 1] : values) - firstOfRow[row];
  }

  /** Position of a row's first value in {@link #at} and {@link #length}. */
  public int first(int row) {
    return firstOfRow[row];
  }

  public int[] at() {
    return at;
  }

  public int[] length() {
    return length;
  }
}
