package io.initload.source.session;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Properties;

/**
 * Opens sessions and keeps idle ones for the next read. How many are in use at once is the caller's
 * business; no more than {@code source.sessions} are kept. Safe for several threads.
 */
public final class SessionPool implements AutoCloseable {
  private static final int VALID_SECONDS = 10;

  private final SourceConfig config;
  private final SessionSetup setup;
  private final Audit audit;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private Optional<Connector> connector = Optional.empty();
  private boolean closed;

  /**
   * @param audit is told of each session before it is opened
   */
  public SessionPool(SourceConfig config, SessionSetup setup, Audit audit) {
    this.config = config;
    this.setup = setup;
    this.audit = audit;
  }

  /** A session of its own for the caller, who gives it back by closing it. */
  public DatabaseSession take() throws SQLException {
    while (true) {
      Connection connection;
      synchronized (this) {
        connection = idle.pollFirst();
      }
      if (connection == null) {
        return new DatabaseSession(open(), this::keep);
      }
      if (usable(connection)) {
        return new DatabaseSession(connection, this::keep);
      }
      DatabaseSession.quietly(connection);
    }
  }

  /**
   * As {@link #take}; the database may be silent for {@code source.planTimeout} until the session
   * is given back: what is counted, sorted or grouped sends nothing before its end.
   */
  public DatabaseSession takePatient() throws SQLException {
    DatabaseSession session = take();
    try {
      session.patient(config.planTimeout());
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
    Properties properties = setup.properties(config);
    if (!config.user().isEmpty()) {
      properties.setProperty("user", config.user());
    }
    if (!config.password().isEmpty()) {
      properties.setProperty("password", config.password().reveal());
    }
    Connector driver = connector();
    audit.about(Audit.Act.SOURCE_SESSION, config.user() + " at " + JdbcUrl.shown(config.url()));
    try {
      return prepared(driver.connect(config.url(), properties));
    } catch (Failure e) {
      throw e;
    } catch (RuntimeException e) {
      throw Causes.stumbled(e);
    }
  }

  private Connection prepared(Connection connection) throws SQLException {
    try {
      connection.setAutoCommit(false);
      setup.prepare(connection);
      connection.commit();
      return connection;
    } catch (SQLException | RuntimeException e) {
      DatabaseSession.quietly(connection);
      throw e;
    }
  }

  /** Made when it is first needed: work that needs no session needs no driver. */
  private synchronized Connector connector() {
    Connector made = connector.orElseGet(this::configured);
    connector = Optional.of(made);
    return made;
  }

  private Connector configured() {
    return config
        .driver()
        .<Connector>map(path -> OwnDriver.load(path, config.url()))
        .orElseGet(() -> new Connector.OnBoard(setup.driver()));
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
    all.forEach(DatabaseSession::quietly);
    connector.ifPresent(Connector::close);
  }
}
