package io.initload.source.session;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** Connects by a driver: one on board, or one of the user's own. Safe for several threads. */
interface Connector extends AutoCloseable {
  /** A new connection, which is the caller's. */
  Connection connect(String url, Properties properties) throws SQLException;

  @Override
  void close();

  /**
   * A driver that is part of the program. It is asked itself, where it is named: {@link
   * DriverManager} first loads every driver there is, and Oracle's alone takes a third of a second.
   */
  record OnBoard(Optional<Driver> driver) implements Connector {
    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
      if (driver.isEmpty()) {
        return DriverManager.getConnection(url, properties);
      }
      Connection connection = driver.get().connect(url, properties);
      if (connection == null) {
        throw new SQLException("No suitable driver for " + JdbcUrl.shown(url), "08001");
      }
      return connection;
    }

    @Override
    public void close() {
      // It stays.
    }
  }
}
