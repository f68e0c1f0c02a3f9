package io.initload.source.session;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Connects by a driver: one on board, or one of the user's own. Safe for several threads. */
interface Connector extends AutoCloseable {
  /** A new connection, which is the caller's. */
  Connection connect(String url, Properties properties) throws SQLException;

  @Override
  void close();

  /** The drivers that are part of the program. */
  final class OnBoard implements Connector {
    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
      return DriverManager.getConnection(url, properties);
    }

    @Override
    public void close() {
      // They stay.
    }
  }
}
