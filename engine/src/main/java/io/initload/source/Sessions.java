package io.initload.source;

import io.initload.config.SourceConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * Opens sessions and keeps idle ones for the next read. How many are in use at once is the caller's
 * business; no more than {@code source.sessions} are kept. Safe for several threads.
 */
final class Sessions implements AutoCloseable {
  private static final int VALID_SECONDS = 10;

  private final SourceConfig config;
  private final Dialect dialect;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  Sessions(SourceConfig config, Dialect dialect) {
    this.config = config;
    this.dialect = dialect;
  }

  /** A session of its own for the caller, who gives it back by {@link Session#close()}. */
  Session take() throws SQLException {
    while (true) {
      Connection connection;
      synchronized (this) {
        connection = idle.pollFirst();
      }
      if (connection == null) {
        return new Session(open());
      }
      if (usable(connection)) {
        return new Session(connection);
      }
      quietly(connection);
    }
  }

  /** Opens a session, or takes an idle one. */
  @FunctionalInterface
  interface Taking {
    Session take() throws SQLException;
  }

  /**
   * As {@link #take}; the database may be silent for {@code source.planTimeout} until the session
   * is given back: what is counted, sorted or grouped sends nothing before its end.
   */
  Session takePatient() throws SQLException {
    Session session = take();
    try {
      Connection connection = session.connection;
      session.impatience = OptionalInt.of(connection.getNetworkTimeout());
      connection.setNetworkTimeout(Runnable::run, (int) config.planTimeout().toMillis());
      return session;
    } catch (SQLException e) {
      session.broken();
      session.close();
      throw e;
    }
  }

  private static boolean usable(Connection connection) throws SQLException {
    if (!connection.isValid(VALID_SECONDS)) {
      return false;
    }
    // The test may have begun a transaction, and with it a snapshot of its own.
    connection.rollback();
    return true;
  }

  private Connection open() throws SQLException {
    Properties properties = dialect.properties(config);
    if (!config.user().isEmpty()) {
      properties.setProperty("user", config.user());
    }
    if (!config.password().isEmpty()) {
      properties.setProperty("password", config.password().reveal());
    }
    Connection connection = DriverManager.getConnection(config.url(), properties);
    try {
      connection.setAutoCommit(false);
      dialect.prepare(connection);
      connection.commit();
      return connection;
    } catch (SQLException e) {
      quietly(connection);
      throw e;
    }
  }

  private synchronized boolean keep(Connection connection) {
    if (closed || idle.size() >= config.sessions()) {
      return false;
    }
    idle.addFirst(connection);
    return true;
  }

  @Override
  public void close() {
    Deque<Connection> all;
    synchronized (this) {
      closed = true;
      all = new ArrayDeque<>(idle);
      idle.clear();
    }
    all.forEach(Sessions::quietly);
  }

  private static void quietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // It is being thrown away: whatever was wrong with it has no consequence.
    }
  }

  /** A session in use. Not thread-safe. */
  final class Session implements AutoCloseable {
    private final Connection connection;
    private boolean broken;
    private boolean given;
    private OptionalInt impatience = OptionalInt.empty();

    private Session(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /** Says that the session must not be used again. */
    void broken() {
      broken = true;
    }

    /** Gives it back; a second time does nothing, since it may be somebody else's by then. */
    @Override
    public void close() {
      if (given) {
        return;
      }
      given = true;
      if (!broken) {
        try {
          if (impatience.isPresent()) {
            connection.setNetworkTimeout(Runnable::run, impatience.getAsInt());
          }
          connection.rollback();
          if (keep(connection)) {
            return;
          }
        } catch (SQLException e) {
          // Falls through to being closed.
        }
      }
      quietly(connection);
    }
  }
}
