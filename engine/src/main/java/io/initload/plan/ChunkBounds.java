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
   * Physical row addresses: PostgreSQL's ctid with both ends included; Oracle's ROWID from {@code
   * low} (included) to {@code high} (excluded), an empty text being an open end.
   *
   * @param partition whose addresses they are; empty for the table's own
   */
  record RowidRange(String partition, String low, String high) implements ChunkBounds {
    /** Of the table's own addresses. */
    public RowidRange(String low, String high) {
      this("", low, high);
    }
  }

  /**
   * Rows whose hash falls into one of several buckets (Oracle): the whole table is looked at for
   * each.
   *
   * @param columns what is hashed; none for the row's address
   * @param bucket from 0
   */
  record HashBucket(List<String> columns, int buckets, int bucket) implements ChunkBounds {
    public HashBucket {
      columns = List.copyOf(columns);
    }
  }

  /** One partition or subpartition by name. */
  record Partition(String name, boolean sub) implements ChunkBounds {}
}
