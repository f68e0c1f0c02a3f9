package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.plan.SourceIdentity;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole migrations from older databases, as far as the stand-in knows what they lack: it tells its
 * version at login, and refuses what came later.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class WireVersionsTest {
  private static final int ROWS = 1_500;

  @TempDir Path directory;

  private final PostgresServer server;

  WireVersionsTest(PostgresServer server) {
    this.server = server;
  }

  /** Since 12.1: left out by an asterisk, read by its name. */
  @Test
  void anInvisibleColumnIsRead() throws Exception {
    try (WireOracle oracle = WireOracle.start(server.database(), "--release", "12")) {
      WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
      user.run(
          "CREATE TABLE t (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40) INVISIBLE)",
          "INSERT INTO t (\"id\", \"name\") SELECT LEVEL, 'name ' || LEVEL FROM DUAL CONNECT BY"
              + " LEVEL <= 9");
      try (LocalMigration migration =
          new LocalMigration(directory, user.config(), LocalMigration.table("T", 500))) {
        assertThat(migration.run().failures()).isEmpty();
        assertThat(migration.loaded("Name")).hasSize(9).containsEntry("7", "name 7");
        assertThat(migration.certificate().findings()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 19, 21})
  void whatADatabaseLacksIsNotAskedOfIt(int release) throws Exception {
    try (WireOracle oracle =
        WireOracle.start(server.database(), "--release", String.valueOf(release))) {
      WireOracle.User user =
          oracle.user(
              "SELECT ON SYS.V_$DATABASE",
              "SELECT ON SYS.V_$UNDOSTAT",
              "SELECT ON SYS.V_$PARAMETER",
              "SELECT ON SYS.DBA_TABLESPACES");
      user.run(
          "CREATE TABLE t (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40)) PARTITION BY HASH"
              + " (\"id\") PARTITIONS 2",
          "INSERT INTO t SELECT LEVEL, 'name ' || LEVEL FROM DUAL CONNECT BY LEVEL <= " + ROWS);
      try (LocalMigration migration =
          new LocalMigration(directory, user.config(), LocalMigration.table("T", 500))) {
        assertThat(migration.plan().tables().get(0).strategy()).isEqualToIgnoringCase("rowid");
        RunOutcome outcome = migration.run();
        assertThat(outcome.failures()).isEmpty();
        assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("7", "name 7");
        assertThat(migration.certificate().booksClosed()).isTrue();
      }
      String number =
          oracle.postgres().single("SELECT value FROM ora.settings WHERE name = 'dbid'");
      try (SourceDatabase database = SourceDatabase.open(user.config())) {
        assertThat(database.identity())
            .isEqualTo(
                release < 12
                    ? new SourceIdentity("oracle", number + "/", "STANDIN/")
                    : new SourceIdentity(
                        "oracle", number + "/" + (Long.parseLong(number) + 1), "STANDIN/STANDIN"));
      }
    }
  }
}
