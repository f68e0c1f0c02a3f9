package io.initload.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An Oracle-mode database in a file, with a password. Nobody is connected between two calls, so
 * that another process may open it.
 */
public record OracleFile(Path file) {
  public static final String PASSWORD = "tiger-4711";

  public String url() {
    return "jdbc:h2:file:" + file + ";MODE=Oracle";
  }

  /** The same database through a server on that port, for several processes at once. */
  public String url(int port) {
    return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + file + ";MODE=Oracle";
  }

  public Connection connect() {
    try {
      return DriverManager.getConnection(url(), "SA", PASSWORD);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public OracleFile run(String... statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }
}
