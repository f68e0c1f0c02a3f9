package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.config.TableConfigs;
import io.initload.ledger.Ledger;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The configuration leads to another source than the migration began with. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class OtherSourceTest {
  private static final int ROWS = 40;

  @TempDir Path directory;

  private final PostgresServer.Database first;
  private final PostgresServer.Database second;

  OtherSourceTest(PostgresServer server) {
    first = filled(server);
    second = filled(server);
  }

  private static PostgresServer.Database filled(PostgresServer server) {
    PostgresServer.Database database = server.database();
    database.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name' FROM generate_series(1, %d) i".formatted(ROWS),
        "CREATE SCHEMA other",
        "CREATE TABLE other.customers (id int PRIMARY KEY, name text)",
        "INSERT INTO other.customers SELECT * FROM customers");
    return database;
  }

  @Test
  void anotherDatabaseOfTheSameServerIsRefusedByRunAndCertificate() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      migration.source(s -> second.config());
      refused("LEDGER_OTHER_SOURCE", migration::run);
      refused("LEDGER_OTHER_SOURCE", migration::certificate);

      migration.source(s -> first.config());
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  @Test
  void theSameDatabaseByAnotherAddressGoesOn() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      migration.source(s -> at(s, s.url().replace("127.0.0.1", "localhost")));
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  @Test
  void aNameThatStandsForAnotherTableIsRefused() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      migration.source(s -> at(s, s.url() + "?currentSchema=other"));
      assertThat(migration.run().failures())
          .extracting(Failure::code)
          .containsExactly("LEDGER_OTHER_TABLE");
      refused("LEDGER_OTHER_TABLE", migration::certificate);

      migration.source(s -> first.config());
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  /** Its text is the same, and its names stand for other tables. */
  @Test
  void aQueryThatIsReadInAnotherSchemaIsRefused() throws Exception {
    try (LocalMigration migration = migration()) {
      migration.tables(
          t ->
              TableConfigs.like(t)
                  .source(SourceName.ofQuery("customers", "SELECT id, name FROM customers"))
                  .build());
      assertThat(migration.run().failures()).isEmpty();
      migration.source(s -> at(s, s.url() + "?currentSchema=other"));
      assertThat(migration.run().failures())
          .extracting(Failure::code)
          .containsExactly("LEDGER_OTHER_TABLE");
      refused("LEDGER_OTHER_TABLE", migration::certificate);

      migration.source(s -> first.config());
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.tables().origin("customers"))
            .contains("customers, read by loader in public");
      }
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(directory, first.config(), LocalMigration.table("customers", ROWS));
  }

  private static SourceConfig at(SourceConfig s, String url) {
    return SourceConfigs.like(s).url(url).build();
  }

  private static void refused(String code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
