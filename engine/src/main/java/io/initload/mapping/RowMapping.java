package io.initload.mapping;

import io.initload.expression.MapUse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A table's mapping, compiled: which columns are read, how, and which pieces make up each CSV
 * field. Immutable and thread-safe.
 *
 * @param header CSV column names in order
 * @param keyField index of the external id in {@code header}
 * @param reads the columns the cursor must be opened with
 * @param fields the pieces of each field, in header order
 * @param rules of each field, in header order; empty where none has one. Whoever takes the fields
 *     keeps them
 */
public record RowMapping(
    List<String> header,
    int keyField,
    List<ColumnRead> reads,
    List<List<Piece>> fields,
    List<FieldRule> rules) {
  public RowMapping {
    header = List.copyOf(header);
    reads = List.copyOf(reads);
    rules = List.copyOf(rules);
    fields = fields.stream().map(List::copyOf).toList();
  }

  /**
   * Writes a row, field by field in header order. A field fed by several columns is empty when one
   * of them is null. Makes no garbage, but for expressions.
   */
  public void render(SourceRow row, FieldSink sink) {
    for (int field = 0; field < fields.size(); field++) {
      sink.beginField();
      write(fields.get(field), row, sink);
      sink.endField();
    }
  }

  /** The external id's field alone, over the columns it needs alone. */
  public RowMapping keyAlone() {
    List<ColumnRead> needed = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (Piece piece : fields.get(keyField)) {
      if (piece instanceof Piece.Read column) {
        pieces.add(new Piece.Read(needed.size()));
        needed.add(reads.get(column.read()));
      } else {
        pieces.add(piece);
      }
    }
    List<FieldRule> rule = rules.isEmpty() ? List.of() : List.of(rules.get(keyField));
    return new RowMapping(List.of(header.get(keyField)), 0, needed, List.of(pieces), rule);
  }

  /** The maps that expressions ask by columns as they are read. */
  public List<MapUse> asked() {
    return fields.stream()
        .flatMap(List::stream)
        .flatMap(
            piece ->
                piece instanceof Piece.Computed computed
                    ? computed.value().asked(reads).stream()
                    : Stream.of())
        .distinct()
        .toList();
  }

  private static void write(List<Piece> pieces, SourceRow row, FieldSink sink) {
    if (pieces.size() == 1 && pieces.get(0) instanceof Piece.Read column) {
      row.write(column.read(), sink);
      return;
    }
    if (pieces.size() == 1 && pieces.get(0) instanceof Piece.Computed computed) {
      computed.value().write(row, sink);
      return;
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Read column && row.isNull(column.read())) {
        return;
      }
    }
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Piece.Read column) {
        row.write(column.read(), sink);
      } else if (pieces.get(i) instanceof Piece.Text text) {
        sink.text(text.text());
      }
    }
  }

  /** A part of a field's text. */
  public sealed interface Piece {
    /** The value of {@code reads.get(read)}. */
    record Read(int read) implements Piece {}

    /** A fixed text: a constant, or the separator of a composite. */
    record Text(String text) implements Piece {}

    /** What an expression makes of columns: the whole of a field, which is no key. */
    record Computed(ComputedValue value) implements Piece {}
  }
}
