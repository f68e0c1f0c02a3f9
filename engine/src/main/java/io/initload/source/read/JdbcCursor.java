package io.initload.source.read;

import io.initload.mapping.FieldSink;
import io.initload.source.RowCursor;
import io.initload.source.session.Causes;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.ErrorTranslator;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs one statement after the other and streams their rows through one set of readers. */
public final class JdbcCursor implements RowCursor {
  private final DatabaseSession session;
  private final Iterator<BoundSql> queries;
  private final ColumnReader[] readers;
  private final int fetchRows;
  private final ErrorTranslator errors;
  private final String doing;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;

  public JdbcCursor(CursorRequest request, List<ColumnReader> readers, int fetchRows) {
    this.session = request.session();
    this.queries = request.queries();
    this.readers = readers.toArray(ColumnReader[]::new);
    this.fetchRows = fetchRows;
    this.errors = request.errors();
    this.doing = request.doing();
  }

  @Override
  public boolean next() {
    try {
      return moved();
    } catch (SQLException e) {
      session.broken();
      throw errors.of(doing, e);
    } catch (RuntimeException e) {
      session.broken();
      throw errors.of(doing, Causes.stumbled(e));
    }
  }

  private boolean moved() throws SQLException {
    while (true) {
      if (rows != null) {
        if (rows.next()) {
          return true;
        }
        finish();
      }
      if (!queries.hasNext()) {
        return false;
      }
      start(queries.next());
    }
  }

  @Override
  public boolean write(int column, FieldSink sink) {
    ResultSet current = rows;
    if (current == null) {
      throw new IllegalStateException("the cursor stands on no row");
    }
    try {
      return readers[column].write(current, column + 1, sink);
    } catch (SQLException e) {
      session.broken();
      throw errors.of(doing, e);
    }
  }

  private void start(BoundSql query) throws SQLException {
    statement =
        session
            .connection()
            .prepareStatement(query.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(fetchRows);
    Statements.bind(statement, query);
    rows = statement.executeQuery();
  }

  private void finish() throws SQLException {
    if (rows != null) {
      rows.close();
      rows = null;
    }
    if (statement != null) {
      statement.close();
      statement = null;
    }
  }

  @Override
  public void close() {
    try {
      finish();
    } catch (SQLException | RuntimeException e) {
      session.broken();
    } finally {
      session.close();
    }
  }
}
