package io.initload.pipeline;

import io.initload.Sha256;
import io.initload.config.LedgerConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of a ledger, read by plain SQL: for checkers, which do not trust the engine. */
final class LedgerTables implements AutoCloseable {
  /** A row that did not simply become a record. */
  record Held(String table, String key, String state, String code, String message) {}

  /**
   * What the ledger says a job did.
   *
   * @param part the part it loaded; 0 for a probe
   */
  record LoadedBy(String sfId, long part, long processed, long failed, boolean settled) {}

  private final Connection connection;

  LedgerTables(LedgerConfig config) throws SQLException {
    this.connection = DriverManager.getConnection(config.url());
  }

  List<Held> held(String migration) throws SQLException {
    List<Held> held = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT table_name, external_id, state, code, message FROM exception_row"
                + " WHERE migration = ?")) {
      select.setString(1, migration);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          held.add(
              new Held(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  rows.getString(5)));
        }
      }
    }
    return held;
  }

  /**
   * What is wrong with the audit log: whoever died where, the lines of a migration are one chain,
   * and each job that the org was given rows for is in it.
   */
  List<String> auditWrongs() throws SQLException {
    List<String> wrongs = new ArrayList<>();
    Map<String, String> heads = new HashMap<>();
    StringBuilder uploads = new StringBuilder();
    try (Statement select = connection.createStatement();
        ResultSet rows =
            select.executeQuery("SELECT migration, line, hash FROM audit ORDER BY migration, no")) {
      while (rows.next()) {
        String line = rows.getString(2);
        String before = heads.getOrDefault(rows.getString(1), "0".repeat(64));
        if (!rows.getString(3).equals(Sha256.of(before + line))) {
          wrongs.add("the audit log is broken at " + line);
        }
        heads.put(rows.getString(1), rows.getString(3));
        if (line.contains("JOB_UPLOAD")) {
          uploads.append(line);
        }
      }
    }
    for (LoadedBy job : jobs()) {
      if (job.processed() > 0 && uploads.indexOf(job.sfId()) < 0) {
        wrongs.add("the audit log does not know job " + job.sfId());
      }
    }
    return wrongs;
  }

  List<LoadedBy> jobs() throws SQLException {
    List<LoadedBy> jobs = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT j.sf_id, j.part_id, j.processed, j.failed,"
                    + " p.state = 'SETTLED' AND NOT EXISTS (SELECT 1 FROM job o"
                    + " WHERE o.part_id = p.id AND o.id > j.id)"
                    + " FROM job j LEFT JOIN part p ON p.id = j.part_id"
                    + " WHERE j.sf_id IS NOT NULL");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        jobs.add(
            new LoadedBy(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getLong(4),
                rows.getBoolean(5)));
      }
    }
    return jobs;
  }

  /** Rows that wrote a record before their table was reset. */
  long writtenBefore(String migration) throws SQLException {
    return number(
        "SELECT COALESCE(SUM(created + updated), 0) FROM part WHERE migration LIKE ? AND state <> ?",
        migration + "~reset%",
        "LOST");
  }

  /** One number that a question about a table has for an answer. */
  long number(String sql, String migration, String table) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, migration);
      select.setString(2, table);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
