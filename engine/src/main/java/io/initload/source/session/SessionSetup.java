package io.initload.source.session;

import io.initload.config.SourceConfig;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/** How sessions of one kind of database begin. Stateless and safe for several threads. */
public interface SessionSetup {
  /**
   * The driver that is part of the program, which takes every URL of such databases; empty where it
   * is looked for among all that are there.
   */
  default Optional<Driver> driver() {
    return Optional.empty();
  }

  /** Connection properties beside user and password. */
  Properties properties(SourceConfig config);

  /** Sets a fresh session up; auto-commit is off already. */
  void prepare(Connection connection) throws SQLException;
}
