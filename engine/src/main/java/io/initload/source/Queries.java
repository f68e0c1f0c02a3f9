package io.initload.source;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.sql.BoundSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the database what a query in the place of a table yields. */
final class Queries {
  private static final String REMEDY =
      "Correct tables[].query: one SELECT in the database's own SQL, each of whose columns has a"
          + " name of its own.";

  private final Dialect dialect;
  private final ErrorTranslator errors;

  Queries(Dialect dialect, ErrorTranslator errors) {
    this.dialect = dialect;
    this.errors = errors;
  }

  /**
   * The query as a table without keys: nothing is promised of its rows, not even of columns that
   * are never null where they are stored.
   *
   * @throws Failure {@code SOURCE_QUERY} when it is none, or names of columns clash
   */
  TableShape shape(Connection connection, SourceName query) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (SourceColumn column : described(connection, query)) {
      if (!names.add(column.name())) {
        throw failure(query, "two of its columns have the name " + column.name() + ".");
      }
      columns.add(column.nullableToo());
    }
    return new TableShape(
        query.whole(),
        TableShape.Kind.VIEW,
        columns,
        List.of(),
        -1,
        0,
        true,
        dialect.characters(connection));
  }

  private List<SourceColumn> described(Connection connection, SourceName query)
      throws SQLException {
    try {
      return dialect.described(connection, BoundSql.of(query.query()));
    } catch (SQLException e) {
      connection.rollback();
      SourceFailure failure = errors.of("looking into " + query, e);
      if (failure.endsRun()) {
        throw failure;
      }
      throw failure(query, String.valueOf(failure.getMessage()));
    }
  }

  private static Failure failure(SourceName query, String why) {
    return new Failure(
        Failure.Kind.CONFIGURATION,
        "SOURCE_QUERY",
        "The query %s cannot be read, %s: %s".formatted(query, query.query(), why),
        REMEDY);
  }
}
