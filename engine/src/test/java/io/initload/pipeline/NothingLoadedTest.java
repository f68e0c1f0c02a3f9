package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.ErrorLimit;
import io.initload.config.TableConfigs;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A table of which nothing arrives is not complete, however small; its children wait for it. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class NothingLoadedTest {
  private static final ErrorLimit HALF = new ErrorLimit(Long.MAX_VALUE, 50);

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  NothingLoadedTest(PostgresServer server) {
    tables = server.database();
    tables.run("CREATE TABLE contacts AS SELECT 1 AS id, 'Ann' AS name, 1 AS account");
  }

  @Test
  void childrenOfATableThatWasRefusedToTheLastRowWaitInEveryRun() throws Exception {
    fill("i", "repeat('x', 300)");
    try (LocalMigration migration = migration()) {
      for (int run = 0; run < 2; run++) {
        refused(migration.run(), "5 were refused and 0 quarantined");
      }
      RunOutcome alone =
          migration.run(new RunOptions(Set.of("contacts"), Set.of(), WhenExhausted.WAIT));
      assertThat(alone.blocked()).as("its parent was not chosen").containsExactly("contacts");
      assertThat(migration.org().records("Contact").count()).isZero();

      migration.tables(t -> TableConfigs.like(t).stopAfterErrors(ErrorLimit.NEVER).build());
      RunOutcome allowed = migration.run();
      assertThat(allowed.failures()).isEmpty();
      assertThat(allowed.books().get("contacts").deadLettered()).isEqualTo(1);
    }
  }

  @Test
  void aTableThatIsQuarantinedToTheLastRowIsNoneThatIsComplete() throws Exception {
    fill("NULL::int", "'Name'");
    try (LocalMigration migration = migration()) {
      refused(migration.run(), "0 were refused and 5 quarantined");
    }
  }

  @Test
  void oneRowThatArrivesIsEnoughForASmallTable() throws Exception {
    fill("i", "CASE WHEN i > 1 THEN repeat('x', 300) ELSE 'Name' END");
    try (LocalMigration migration = migration()) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").deadLettered()).isEqualTo(4);
      assertThat(outcome.books().get("contacts").created()).isEqualTo(1);
    }
  }

  @Test
  void aLargeTableStopsAtItsFirstPart() throws Exception {
    tables.run(
        "CREATE TABLE customers AS SELECT i AS id, repeat('x', 300) AS name FROM"
            + " generate_series(1, 900) i");
    try (LocalMigration migration = migration(300)) {
      migration.jobsWaitForTheVerdict("customers");
      RunOutcome outcome = migration.run();
      refused(outcome, "0 quarantined");
      assertThat(migration.org().jobs()).hasSize(2);
      assertThat(outcome.books().get("customers").deadLettered()).isLessThan(900);
    }
  }

  private static void refused(RunOutcome outcome, String figures) {
    assertThat(outcome.failures()).extracting(Failure::code).containsExactly("TOO_MANY_ERRORS");
    assertThat(outcome.failures().get(0))
        .hasMessageStartingWith("Not one row of customers was loaded: ")
        .hasMessageContaining(figures);
    assertThat(outcome.blocked()).containsExactly("contacts");
  }

  private void fill(String id, String name) {
    tables.run(
        "CREATE TABLE customers AS SELECT %s AS id, %s AS name FROM generate_series(1, 5) i"
            .formatted(id, name));
  }

  private LocalMigration migration() {
    return migration(1_000);
  }

  private LocalMigration migration(int chunkRows) {
    TableConfig customers =
        TableConfigs.of("customers")
            .chunkRows(chunkRows)
            .concurrency(1)
            .stopAfterErrors(HALF)
            .field("id", "External_ID__c")
            .field("name", "Name")
            .build();
    TableConfig contacts =
        TableConfigs.of("contacts")
            .object("Contact")
            .stopAfterErrors(HALF)
            .field("id", "External_ID__c")
            .field("name", "LastName")
            .field("account", "Account.External_ID__c")
            .build();
    return new LocalMigration(directory, tables.config(), customers, contacts).uploads(1);
  }
}
