package io.initload.source.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small reads. */
public final class Statements {
  private static final int FETCH_ROWS = 1000;

  private Statements() {}

  /** Prepares and binds; the caller closes it. */
  public static PreparedStatement prepare(Connection connection, BoundSql query)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query.sql());
    try {
      statement.setFetchSize(FETCH_ROWS);
      bind(statement, query);
      return statement;
    } catch (SQLException e) {
      statement.close();
      throw e;
    }
  }

  public static void bind(PreparedStatement statement, BoundSql query) throws SQLException {
    for (int i = 0; i < query.binds().size(); i++) {
      if (query.binds().get(i) instanceof BoundSql.National national) {
        statement.setNString(i + 1, national.text());
      } else {
        statement.setObject(i + 1, query.binds().get(i));
      }
    }
  }

  /** What becomes of a row; never moves the result on. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a result that fits into memory, in its order. */
  public static <T> List<T> all(Connection connection, BoundSql query, Row<T> row)
      throws SQLException {
    List<T> all = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, query);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        all.add(row.read(rows));
      }
    }
    return all;
  }

  /** The first rows of a result. */
  public static <T> List<T> atMost(Connection connection, BoundSql query, int most, Row<T> row)
      throws SQLException {
    List<T> some = new ArrayList<>();
    try (PreparedStatement statement = prepare(connection, query)) {
      statement.setMaxRows(most);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          some.add(row.read(rows));
        }
      }
    }
    return some;
  }

  /** The first row; empty when there is none. */
  public static <T> Optional<T> first(Connection connection, BoundSql query, Row<T> row)
      throws SQLException {
    try (PreparedStatement statement = prepare(connection, query);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  /** The one number a statement yields. */
  public static long single(Connection connection, BoundSql query) throws SQLException {
    return first(connection, query, row -> row.getLong(1))
        .orElseThrow(() -> new SQLException("no row from: " + query.sql()));
  }
}
