package io.initload.mapping;

import java.util.List;

/**
 * A table's mapping, compiled: which columns are read, how, and which pieces make up each CSV
 * field. Immutable and thread-safe.
 *
 * @param header CSV column names in order
 * @param keyField index of the external id in {@code header}
 * @param reads the columns the cursor must be opened with
 * @param fields the pieces of each field, in header order
 * @param clearNulls whether an absent value is sent as {@code #N/A}
 */
public record RowMapping(
    List<String> header,
    int keyField,
    List<ColumnRead> reads,
    List<List<Piece>> fields,
    boolean clearNulls) {
  public RowMapping {
    header = List.copyOf(header);
    reads = List.copyOf(reads);
    fields = fields.stream().map(List::copyOf).toList();
  }

  /** A part of a field's text. */
  public sealed interface Piece {
    /** The value of {@code reads.get(read)}. */
    record Read(int read) implements Piece {}

    /** A fixed text: a constant, or the separator of a composite. */
    record Text(String text) implements Piece {}
  }
}
