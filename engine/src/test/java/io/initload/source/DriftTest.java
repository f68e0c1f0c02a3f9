package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.plan.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a table's own row versions tell that it is what it was. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class DriftTest {
  private static final SourceName T = new SourceName("", "t");

  private final PostgresServer.Database tables;

  DriftTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY, v int)",
        "INSERT INTO t SELECT i, 0 FROM generate_series(1, 500) i",
        "CREATE TABLE p (id int, v int) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (250)",
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (250) TO (501)",
        "INSERT INTO p SELECT i, 0 FROM generate_series(1, 500) i",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE TABLE nothing (id int)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t | SELECT 1 | SAME",
        "t | VACUUM t | SAME",
        "t | ANALYZE t | SAME",
        "t | UPDATE p SET v = 1 | SAME",
        "t | UPDATE t SET v = 1 WHERE id = 3 | CHANGED",
        "t | UPDATE t SET v = v WHERE id = 3 | CHANGED",
        "t | DELETE FROM t WHERE id = 3 | CHANGED",
        "t | INSERT INTO t VALUES (501, 0) | CHANGED",
        "t | DELETE FROM t WHERE id = 3; INSERT INTO t VALUES (3, 0) | CHANGED",
        "t | VACUUM FULL t | CHANGED",
        "p | SELECT 1 | SAME",
        "p | UPDATE p SET v = 1 WHERE id = 300 | CHANGED",
        "p | VACUUM FULL p2 | CHANGED",
        "v | SELECT 1 | AS_MANY",
        "v | DELETE FROM t WHERE id = 3 | CHANGED",
      })
  void tellsWrites(String table, String statement, Drift expected) {
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      tables.run(statement);
      assertThat(database.since(new SourceName("", table), snapshot, 500)).isEqualTo(expected);
    }
  }

  @Test
  void aWriteThatWasUnderWayCountsThoughItsNumberIsOld() throws SQLException {
    try (SourceDatabase database = SourceDatabase.open(tables.config());
        Connection writer = tables.connect();
        Statement statement = writer.createStatement()) {
      writer.setAutoCommit(false);
      statement.execute("UPDATE p SET v = 1 WHERE id = 1");
      // The subtransaction has a number of its own, which no snapshot lists.
      statement.execute("SAVEPOINT s");
      statement.execute("UPDATE t SET v = 1 WHERE id = 3");
      Snapshot snapshot = database.snapshot();
      writer.commit();
      assertThat(database.since(T, snapshot, 500)).isEqualTo(Drift.CHANGED);
    }
  }

  @Test
  void aWriteThatWasTakenBackIsNone() throws SQLException {
    try (SourceDatabase database = SourceDatabase.open(tables.config());
        Connection writer = tables.connect();
        Statement statement = writer.createStatement()) {
      Snapshot snapshot = database.snapshot();
      writer.setAutoCommit(false);
      statement.execute("UPDATE t SET v = 1");
      writer.rollback();
      assertThat(database.since(T, snapshot, 500)).isEqualTo(Drift.SAME);
      assertThat(database.since(new SourceName("", "nothing"), snapshot, 0)).isEqualTo(Drift.SAME);
    }
  }

  @Test
  void whatTellsNothingIsCounted() {
    try (H2Tables h2 = new H2Tables("CREATE TABLE \"t\" (ID INT)", "INSERT INTO \"t\" VALUES 1");
        SourceDatabase database = SourceDatabase.open(h2.config())) {
      assertThat(database.since(T, database.snapshot(), 1)).isEqualTo(Drift.AS_MANY);
      assertThat(database.since(T, database.snapshot(), 2)).isEqualTo(Drift.CHANGED);
    }
  }
}
