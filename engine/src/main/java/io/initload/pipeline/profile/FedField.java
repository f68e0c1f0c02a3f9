package io.initload.pipeline.profile;

import io.initload.mapping.ColumnRead;
import io.initload.mapping.FieldRule;
import io.initload.mapping.RowMapping;
import io.initload.mapping.RowMapping.Piece;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.pipeline.prepare.Prepared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A field of a table's mapping, with the columns that feed it.
 *
 * @param name in the header
 * @param where the place in the mapping
 * @param pieces without looks for parents; the key that one is looked for by is a column as others
 * @param columns that the pieces read, all of them; empty where an expression or the like makes the
 *     value, of which no statement tells, and where one can be read and not asked about
 * @param sent the org's field that the value is judged by
 * @param set the field of the object itself that is set; empty where nobody knows it
 */
record FedField(
    String name,
    String where,
    boolean key,
    List<Piece> pieces,
    List<SourceColumn> columns,
    TargetField sent,
    Optional<TargetField> set,
    FieldRule rule) {
  /** All of a table, in header order. */
  static List<FedField> of(Prepared table) {
    return IntStream.range(0, table.mapping().header().size()).mapToObj(i -> of(table, i)).toList();
  }

  private static FedField of(Prepared table, int at) {
    RowMapping mapping = table.mapping();
    String name = mapping.header().get(at);
    List<Piece> pieces =
        mapping.fields().get(at).stream()
            .filter(piece -> !(piece instanceof Piece.Parent))
            .map(FedField::asRead)
            .toList();
    List<SourceColumn> columns = columns(table, pieces);
    String feeds = String.join("+", columns.stream().map(SourceColumn::name).toList());
    FieldPath path = FieldPath.parse(name);
    return new FedField(
        name,
        table.table()
            + (feeds.isEmpty() ? "" : "." + feeds)
            + " -> "
            + table.object().name()
            + "."
            + name,
        at == mapping.keyField(),
        pieces,
        columns,
        table.compiled().targets().get(at),
        path.isParent()
            ? table.object().relationship(path.relationship())
            : table.object().field(name),
        mapping.rules().isEmpty() ? FieldRule.NONE : mapping.rules().get(at));
  }

  private static Piece asRead(Piece piece) {
    return piece instanceof Piece.ParentKey key ? new Piece.Read(key.read()) : piece;
  }

  private static List<SourceColumn> columns(Prepared table, List<Piece> pieces) {
    List<SourceColumn> columns = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Piece.Read read) {
        ColumnRead named = table.mapping().reads().get(read.read());
        SourceColumn column = table.shape().required(named.column());
        if (column.readOnce()) {
          return List.of();
        }
        columns.add(column);
      } else if (!(piece instanceof Piece.Text)) {
        return List.of();
      }
    }
    return List.copyOf(columns);
  }

  /** Whether the field names a parent. */
  boolean lookup() {
    return FieldPath.parse(name).isParent();
  }

  /** Whether its value is made of what no statement is asked for. */
  boolean made() {
    return columns.isEmpty() && pieces.stream().anyMatch(piece -> !(piece instanceof Piece.Text));
  }

  /** The column that feeds it by itself. */
  Optional<SourceColumn> column() {
    return pieces.size() == 1 && columns.size() == 1
        ? Optional.of(columns.get(0))
        : Optional.empty();
  }

  /** The column that feeds it by itself, where that is a text. */
  Optional<SourceColumn> text() {
    return column().filter(FedField::isText);
  }

  static boolean isText(SourceColumn column) {
    return column.type() == SourceColumn.Type.TEXT || column.type() == SourceColumn.Type.LONG_TEXT;
  }
}
