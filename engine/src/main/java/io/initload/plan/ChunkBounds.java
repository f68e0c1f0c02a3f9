package io.initload.plan;

import java.util.List;

/**
 * Which rows of a table a chunk covers. Values are texts in a form the dialect that planned them
 * can bind again; they are kept in the ledger as JSON.
 */
public sealed interface ChunkBounds {
  /** All rows. */
  record Whole() implements ChunkBounds {}

  /**
   * Keys from {@code low} (included) to {@code high} (excluded), compared column by column; an
   * empty list is an open end.
   *
   * @param ordered whether the rows are read in the order of the columns
   */
  record KeyRange(List<String> columns, List<String> low, List<String> high, boolean ordered)
      implements ChunkBounds {
    /** Read in any order. */
    public KeyRange(List<String> columns, List<String> low, List<String> high) {
      this(columns, low, high, false);
    }

    public KeyRange {
      columns = List.copyOf(columns);
      low = List.copyOf(low);
      high = List.copyOf(high);
    }
  }

  /**
   * Physical row addresses, both ends included (Oracle ROWID, PostgreSQL ctid blocks).
   *
   * @param partition whose addresses they are; empty for the table's own
   */
  record RowidRange(String partition, String low, String high) implements ChunkBounds {
    /** Of the table's own addresses. */
    public RowidRange(String low, String high) {
      this("", low, high);
    }
  }

  /** One partition or subpartition by name. */
  record Partition(String name, boolean sub) implements ChunkBounds {}
}
