package io.initload.source;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.config.rows.Computed;
import io.initload.mapping.SourceColumn;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.sql.BoundSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Asks the database what it makes of the expressions of a table. */
final class ComputedColumns {
  private final Dialect dialect;
  private final ErrorTranslator errors;

  ComputedColumns(Dialect dialect, ErrorTranslator errors) {
    this.dialect = dialect;
    this.errors = errors;
  }

  /**
   * A table as it is stored, with what is computed of its rows.
   *
   * @param looks what is computed by looks at other rows
   * @throws Failure {@code SOURCE_SQL} with all that the database does not take
   */
  TableShape added(Connection connection, TableShape stored, SourceName rows, List<Computed> looks)
      throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Computed column : Stream.concat(rows.computed().stream(), looks.stream()).toList()) {
      try {
        BoundSql query = dialect.sql().described(stored, column.sql());
        columns.add(dialect.described(connection, query).get(0).computedAs(column));
      } catch (SQLException e) {
        connection.rollback();
        refused.add(refusal(stored, column, e));
      }
    }
    if (refused.isEmpty()) {
      return stored.of(rows, columns);
    }
    throw new Failure(
        Failure.Kind.CONFIGURATION,
        "SOURCE_SQL",
        String.join(System.lineSeparator(), refused),
        "Correct tables[].sql: expressions in the database's own SQL, over columns of one row of"
            + " this table. What begins with orphans. is asked for by tables[].orphans.");
  }

  /** Passes on what is no matter of the expression. */
  private String refusal(TableShape stored, Computed column, SQLException e) {
    SourceFailure failure = errors.of("looking at " + column.name(), e);
    if (failure.endsRun()) {
      throw failure;
    }
    return "The database does not compute %s of %s, %s: %s"
        .formatted(column.name(), stored.name(), column.sql(), failure.getMessage());
  }
}
