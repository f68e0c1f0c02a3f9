package io.initload.cli.console;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Puts into a ledger what a migration would take hours for. */
final class ManyRows {
  private static final String NUMBERS =
      "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) ";

  private ManyRows() {}

  /**
   * Adds to table CUSTOMERS, which has one chunk.
   *
   * @param chunks how many it has then
   * @param refused rows that need a person, of ten codes
   */
  static void in(Path ledger, int chunks, int refused) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          NUMBERS.formatted(chunks)
              + """
              INSERT INTO chunk (migration, table_name, no, bounds, expected_rows, exact, state,
                updated_at)
              SELECT c.migration, c.table_name, n, c.bounds, 100000, 1, 'PLANNED', c.updated_at
              FROM numbers JOIN chunk c ON c.table_name = 'CUSTOMERS' AND c.no = 1 WHERE n > 1
              """);
      statement.executeUpdate(
          NUMBERS.formatted(refused)
              + """
              INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state,
                attempts, due_at, code, message, data, updated_at)
              SELECT m.id, 'CUSTOMERS', 1, '750x', 'many-' || n, 'DEAD', 1, 0, 'CODE_' || (n % 10),
                'Refused for a reason that takes some words to say: ' || n,
                '["many-' || n || '","A name","1",""]', 0
              FROM numbers JOIN migration m
              """);
    }
  }
}
