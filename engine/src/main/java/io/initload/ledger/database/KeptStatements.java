package io.initload.ledger.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Keeps the statements of one connection for their next use. The ledger asks the same few hundred
 * questions again and again; parsing and planning them takes SQLite longer than answering. For one
 * connection and one thread at a time.
 */
final class KeptStatements implements StatementBuilder {
  private final StatementBuilder fresh = new DefaultStatementBuilder();

  /** Those not in use, by their text. */
  private final Map<String, PreparedStatement> idle = new HashMap<>();

  /** Texts whose statements give keys back: made for one call each. */
  private final Set<String> keyed = new HashSet<>();

  @Override
  public Statement create(Connection connection, StatementContext context) throws SQLException {
    return fresh.create(connection, context);
  }

  @Override
  public PreparedStatement create(Connection connection, String sql, StatementContext context)
      throws SQLException {
    if (context.isReturningGeneratedKeys()) {
      keyed.add(sql);
    }
    PreparedStatement kept = idle.remove(sql);
    return kept == null ? fresh.create(connection, sql, context) : kept;
  }

  @Override
  public CallableStatement createCall(Connection connection, String sql, StatementContext context)
      throws SQLException {
    return fresh.createCall(connection, sql, context);
  }

  @Override
  public void close(Connection connection, String sql, Statement statement) throws SQLException {
    if (!(statement instanceof PreparedStatement prepared)
        || prepared.isClosed()
        || keyed.contains(sql)
        || idle.containsKey(sql)) {
      statement.close();
      return;
    }
    prepared.clearParameters();
    prepared.clearBatch();
    idle.put(sql, prepared);
  }
}
