package io.initload.source.oracle;

import io.initload.mapping.SourceColumn;
import io.initload.plan.Snapshot;
import io.initload.source.TableShape;
import io.initload.source.sql.RowText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How rows stand in the conditions of statements: each table is read at the snapshot, however deep
 * it stands (docs/reference/oracle.md, "Flashback query").
 *
 * @param shape the table whose rows the condition is of
 */
record OracleRows(OracleFlavour flavour, TableShape shape, Snapshot snapshot) implements RowText {
  /** Stands in the text of a column for the moment that its row is read at. */
  static final String MOMENT = " AS OF SCN :moment";

  /** Whether a statement says the moment. What a query reads is its session's matter. */
  static boolean told(TableShape shape, Snapshot snapshot) {
    return snapshot.kind() == Snapshot.Kind.SCN
        && shape.kind() != TableShape.Kind.EXTERNAL
        && !shape.name().isQuery();
  }

  /** A text of which parts are read where the rows of a table are. */
  static String at(String text, TableShape shape, Snapshot snapshot) {
    return text.replace(MOMENT, moment(shape, snapshot));
  }

  /** What stands behind a table's name; empty where it is read as it is. */
  static String moment(TableShape table, Snapshot snapshot) {
    return told(table, snapshot) ? " AS OF SCN " + Long.parseLong(snapshot.mark()) : "";
  }

  @Override
  public String name(SourceColumn column) {
    return at(OracleColumns.name(column), shape, snapshot);
  }

  @Override
  public String rows(TableShape table) {
    return OracleNames.table(table.name()) + moment(table, snapshot) + " t";
  }

  /** Each column is hashed with a seed of its own: else (1, 2) and (2, 1) would be one. */
  @Override
  public String hash(List<SourceColumn> columns) {
    String sum =
        IntStream.range(0, columns.size())
            .mapToObj(i -> "ORA_HASH(%s, 4294967295, %d)".formatted(hashed(columns.get(i)), i))
            .collect(Collectors.joining(" + "));
    return "MOD(%s, %d)".formatted(sum, HASHES);
  }

  /** H2 hashes texts. */
  private String hashed(SourceColumn column) {
    String name = name(column);
    return flavour == OracleFlavour.H2 ? "CAST(" + name + " AS VARCHAR)" : name;
  }

  /** H2 takes a query with ROWNUM for another one at each row that asks it. */
  @Override
  public String first(String query, int rows) {
    if (flavour == OracleFlavour.H2) {
      return query + " FETCH FIRST " + rows + " ROWS ONLY";
    }
    return "SELECT * FROM (%s) WHERE ROWNUM <= %d".formatted(query, rows);
  }
}
