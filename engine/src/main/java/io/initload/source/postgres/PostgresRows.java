package io.initload.source.postgres;

import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.sql.RowText;
import java.util.List;
import java.util.stream.Collectors;

/** How rows stand in statements; the moment is the transaction's matter. */
record PostgresRows() implements RowText {
  /** A heap without children; see {@link PostgresDictionary} for the others. */
  static String only(TableShape shape) {
    return shape.kind() == TableShape.Kind.HEAP ? "ONLY " : "";
  }

  @Override
  public String name(SourceColumn column) {
    return PostgresColumns.name(column);
  }

  @Override
  public String rows(TableShape table) {
    return only(table) + PostgresNames.table(table.name()) + " t";
  }

  /** The remainder of a negative number is one. */
  @Override
  public String hash(List<SourceColumn> columns) {
    String text =
        columns.stream()
            .map(column -> name(column) + "::text")
            .collect(Collectors.joining(" || '|' || "));
    return "(hashtextextended(%s, 0) %% %d + %d) %% %d".formatted(text, HASHES, HASHES, HASHES);
  }

  @Override
  public String first(String query, int rows) {
    return query + " LIMIT " + rows;
  }
}
