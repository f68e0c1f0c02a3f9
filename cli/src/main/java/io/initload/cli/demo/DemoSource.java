package io.initload.cli.demo;

import io.initload.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The demo's database. */
final class DemoSource {
  private DemoSource() {}

  /** Rows of one statement: larger ones make the database keep a long undo log. */
  private static final long ROWS = 20_000;

  static void create(DemoFiles files, long sales) {
    try (Connection connection = DriverManager.getConnection(files.sourceUrl(), "sa", "")) {
      for (String statement : text("sales-history.sql").split(";\\R", -1)) {
        execute(connection, statement, sales);
      }
    } catch (SQLException e) {
      throw new Failure(
          Failure.Kind.PLATFORM,
          "DEMO_SOURCE",
          "The demo's database cannot be created in " + files.database() + ": " + e.getMessage(),
          "Name a directory on a disk with a gigabyte of free space by --directory.",
          e);
    }
  }

  /** Runs a statement, once for each stretch of rows when it asks for a stretch. */
  private static void execute(Connection connection, String sql, long sales) throws SQLException {
    if (!sql.contains("SYSTEM_RANGE(?, ?)")) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (long from = 1; from <= sales; from += ROWS) {
        statement.setLong(1, from);
        statement.setLong(2, Math.min(sales, from + ROWS - 1));
        statement.execute();
      }
    }
  }

  private static String text(String name) {
    try (var in = Objects.requireNonNull(DemoSource.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the demo's script cannot be read", e);
    }
  }
}
