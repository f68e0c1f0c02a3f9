package io.initload.source.postgres;

import io.initload.mapping.SourceColumn;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks the server for the columns of a query without running it. What it tells the driver lacks the
 * types' names and kinds, so that these are asked for by a row of typed nulls.
 */
final class PostgresDescriber {
  private static final String TYPE =
      PostgresDictionary.BASE
          + """
          SELECT format_type(t.oid, CASE WHEN t.typtype = 'd' THEN -1 ELSE ? END), leaf.typname, \
          leaf.typtype::text, b.modifier FROM pg_type t JOIN base b ON b.oid = t.oid \
          JOIN pg_type leaf ON leaf.oid = b.leaf WHERE t.oid = ?\
          """;

  /** What the server adds to the length of a text, and to the limits of a number. */
  private static final int HEADER = 4;

  private static final int SCALE_BITS = 0x7ff;

  private final Connection connection;

  PostgresDescriber(Connection connection) {
    this.connection = connection;
  }

  /** The columns in their order; names may repeat. */
  List<SourceColumn> columns(BoundSql query) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
      ResultSetMetaData told = statement.getMetaData();
      List<Long> types = types(query, told.getColumnCount());
      for (int i = 1; i <= types.size(); i++) {
        columns.add(column(told.getColumnLabel(i), types.get(i - 1), modifier(told, i)));
      }
    }
    return columns;
  }

  private List<Long> types(BoundSql query, int count) throws SQLException {
    String names = names("c%d", count);
    String asked =
        "SELECT %s FROM (SELECT 1) one LEFT JOIN (SELECT * FROM (%s) q LIMIT 0) t (%s) ON true"
            .formatted(names("pg_typeof(t.c%d)::oid", count), query.sql(), names);
    return Statements.first(
            connection,
            BoundSql.of(asked),
            row -> {
              List<Long> types = new ArrayList<>();
              for (int i = 1; i <= count; i++) {
                types.add(row.getLong(i));
              }
              return types;
            })
        .orElseThrow();
  }

  private static String names(String form, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(form::formatted)
        .collect(Collectors.joining(", "));
  }

  private SourceColumn column(String name, long type, int modifier) throws SQLException {
    return Statements.first(
            connection,
            new BoundSql(TYPE, List.of(modifier, type)),
            row ->
                PostgresTypes.column(
                    name,
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    modifier < 0 ? row.getInt(4) : modifier,
                    true))
        .orElseThrow();
  }

  /** As {@code atttypmod} of a stored column would be; -1 for none. */
  private static int modifier(ResultSetMetaData told, int column) throws SQLException {
    int precision = told.getPrecision(column);
    return switch (told.getColumnTypeName(column)) {
      case "varchar", "bpchar" -> precision == Integer.MAX_VALUE ? -1 : precision + HEADER;
      case "numeric" ->
          precision == 0 ? -1 : ((precision << 16) | (told.getScale(column) & SCALE_BITS)) + HEADER;
      default -> -1;
    };
  }
}
