package io.initload.source.session;

import java.nio.file.Path;
import java.sql.Connection;
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
   * That of a configuration.
   *
   * @param driver {@code source.driver}
   * @throws io.initload.Failure {@code SOURCE_DRIVER} when that holds no driver for the URL
   */
  static Connector of(Optional<Path> driver, String url) {
    return driver.<Connector>map(path -> OwnDriver.load(path, url)).orElseGet(OnBoard::new);
  }

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
