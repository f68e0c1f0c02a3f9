package io.initload.source.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** A session of the database in use. Not thread-safe. */
public final class DatabaseSession implements AutoCloseable {
  private final Connection connection;
  private final Predicate<Connection> kept;
  private boolean broken;
  private boolean given;
  private OptionalInt impatience = OptionalInt.empty();
  private final List<Ending> endings = new ArrayList<>();

  /** What makes a session as it was. */
  @FunctionalInterface
  public interface Ending {
    void of(Connection connection) throws SQLException;
  }

  /**
   * @param kept takes the connection back for another use; false where there is no room for it
   */
  DatabaseSession(Connection connection, Predicate<Connection> kept) {
    this.connection = connection;
    this.kept = kept;
  }

  /** The session's own; who holds the session neither closes it nor keeps it. */
  public Connection connection() {
    return connection;
  }

  /** Says that the session must not be used again. */
  public void broken() {
    broken = true;
  }

  /** Does something before the session is anybody else's; it is nobody's where that fails. */
  public void atEnd(Ending ending) {
    endings.add(ending);
  }

  /** Lets the database be silent for so long, until the session is given back. */
  void patient(Duration silence) throws SQLException {
    impatience = OptionalInt.of(connection.getNetworkTimeout());
    connection.setNetworkTimeout(Runnable::run, (int) silence.toMillis());
  }

  /** Gives it back; a second time does nothing, since it may be somebody else's by then. */
  @Override
  public void close() {
    if (given) {
      return;
    }
    given = true;
    if (broken || !reusable()) {
      quietly(connection);
    }
  }

  private boolean reusable() {
    try {
      if (impatience.isPresent()) {
        connection.setNetworkTimeout(Runnable::run, impatience.getAsInt());
      }
      for (Ending ending : endings) {
        ending.of(connection);
      }
      connection.rollback();
      return kept.test(connection);
    } catch (SQLException | RuntimeException e) {
      return false;
    }
  }

  /**
   * Closes what is thrown away: whatever was wrong with it has no consequence. Of a line that broke
   * in the middle of an answer a driver may read nonsense, and stumble.
   */
  static void quietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // See above.
    }
  }
}
