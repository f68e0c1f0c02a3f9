package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.pipeline.work.Checkpoint;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that took an id from an answer which is none, as versions before did. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class StoredJobIdTest {
  private static final int ROWS = 50;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  StoredJobIdTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void isTakenForAnAnswerThatNeverCame() throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name' FROM generate_series(1, %d) i".formatted(ROWS));
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", ROWS))) {
      migration.checkpoint(
          label -> {
            if (label.equals("load.created")) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
      try (Connection ledger =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
          Statement statement = ledger.createStatement()) {
        assertThat(statement.executeUpdate("UPDATE job SET sf_id = '../../steal'")).isOne();
      }

      RunOutcome outcome = migration.checkpoint(Checkpoint.NONE).run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").created()).isEqualTo(ROWS);
      assertThat(migration.org().jobs()).as("the one of the id was ended").hasSize(2);
    }
  }
}
