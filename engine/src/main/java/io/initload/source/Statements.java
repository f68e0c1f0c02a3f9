package io.initload.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Small reads. */
final class Statements {
  private static final int FETCH_ROWS = 1000;

  private Statements() {}

  /** Prepares and binds; the caller closes it. */
  static PreparedStatement prepare(Connection connection, Query query) throws SQLException {
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

  static void bind(PreparedStatement statement, Query query) throws SQLException {
    for (int i = 0; i < query.binds().size(); i++) {
      if (query.binds().get(i) instanceof Query.National national) {
        statement.setNString(i + 1, national.text());
      } else {
        statement.setObject(i + 1, query.binds().get(i));
      }
    }
  }

  /** The one number a statement yields. */
  static long single(Connection connection, Query query) throws SQLException {
    try (PreparedStatement statement = prepare(connection, query);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("no row from: " + query.sql());
      }
      return rows.getLong(1);
    }
  }
}
