package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that would be one record are held back before a job meets them. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class DuplicateKeysTest {
  @TempDir Path directory;

  private final PostgresServer.Database tables;

  DuplicateKeysTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void rowsOfDistantChunksThatShareAKeyAreAllHeldBack() throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text, filler text)",
        "INSERT INTO customers SELECT i, CASE WHEN i IN (1, 5999) THEN 'twin' WHEN i IN (2, 3000)"
            + " THEN CASE i WHEN 2 THEN 'Case' ELSE 'cASE ' END WHEN i = 7 THEN NULL ELSE 'k' || i"
            + " END, 'Name ' || i, repeat('x', 300) FROM generate_series(1, 6000) i");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 1_000))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(outcome.books().get("customers").chunks()).isEqualTo(6);
      assertThat(outcome.books().get("customers").deadLettered()).isZero();
      assertThat(migration.loaded("Name")).hasSize(5_995).doesNotContainKeys("twin", "Case");
      try (Ledger ledger = migration.ledger()) {
        List<ExceptionRow> held = ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 100);
        assertThat(held)
            .extracting(ExceptionRow::code)
            .containsOnly("EXTERNAL_ID_DUPLICATE", "EXTERNAL_ID_NULL");
        assertThat(held)
            .extracting(ExceptionRow::externalId)
            .containsExactlyInAnyOrder("twin", "twin", "Case", "cASE ", "");
      }
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void rowsOfOneChunkWhoseKeysAreOneOnlyAsTextAreAllHeldBack() throws Exception {
    tables.run(
        "CREATE TABLE customers (a text, b text, name text, PRIMARY KEY (a, b))",
        "INSERT INTO customers SELECT 'k' || i, '', 'Name ' || i FROM generate_series(1, 2000) i",
        // The separator is in the values, so that grouping by the columns tells them apart.
        "INSERT INTO customers VALUES ('x-y', 'z', 'One'), ('x', 'y-z', 'Other')");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 5_000))
            .tables(DuplicateKeysTest::composite)) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(migration.loaded("Name")).hasSize(2_000).doesNotContainKey("x-y-z");
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 100))
            .extracting(ExceptionRow::code, ExceptionRow::externalId)
            .containsExactly(
                tuple("EXTERNAL_ID_DUPLICATE", "x-y-z"), tuple("EXTERNAL_ID_DUPLICATE", "x-y-z"));
      }
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  /** What differs in the source and is one key when staged, in chunks far apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"E'A\\r\\n1'; E'A\\n1'", "E'A\\r1'; E'A\\n1'", "E'A\\x01B'; E'AB'", "E'\\tC'; E'C'"})
  void keysThatBecomeOneWhenStagedAreAllHeldBack(String one, String other) throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text UNIQUE, name text, filler text)",
        "INSERT INTO customers SELECT i, 'k' || i, 'Name', repeat('x', 300)"
            + " FROM generate_series(1, 3000) i",
        "UPDATE customers SET id = %s WHERE no = 1".formatted(one),
        "UPDATE customers SET id = %s WHERE no = 2999".formatted(other),
        "VACUUM FULL customers");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 500))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").chunks()).isGreaterThan(2);
      assertThat(outcome.books().get("customers").quarantined()).isEqualTo(2);
      assertThat(outcome.books().get("customers").created()).isEqualTo(2_998);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void compositesThatAreJoinedToOneTextInDistantChunksAreAllHeldBack() throws Exception {
    tables.run(
        "CREATE TABLE customers (a text, b text, name text, filler text, PRIMARY KEY (a, b))",
        "INSERT INTO customers VALUES ('x-y', 'z', 'One', '')",
        "INSERT INTO customers SELECT 'k' || i, '', 'Name ' || i, repeat('x', 300)"
            + " FROM generate_series(1, 2000) i",
        "INSERT INTO customers VALUES ('x', 'y-z', 'Other', '')");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 500))
            .tables(DuplicateKeysTest::composite)) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").chunks()).isGreaterThan(2);
      assertThat(outcome.books().get("customers").quarantined()).isEqualTo(2);
      assertThat(migration.loaded("Name")).hasSize(2_000).doesNotContainKey("x-y-z");
    }
  }

  @Test
  void aServerWithoutRoomToGroupTheKeysGivesThemAllToBeLookedAtHere() throws Exception {
    tables.run(
        "CREATE TABLE customers (no int PRIMARY KEY, id text, name text)",
        "INSERT INTO customers SELECT i, CASE i % 30000 WHEN 0 THEN 'twin' ELSE repeat(md5('' ||"
            + " i), 2) END, 'Name ' || i FROM generate_series(1, 60000) i",
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET temp_file_limit = 0',"
            + " current_database()); EXECUTE format('ALTER DATABASE %I SET work_mem = 64',"
            + " current_database()); END $$");
    assertThatThrownBy(
            () -> tables.run("SELECT trim(id) FROM customers GROUP BY 1 HAVING count(*) > 1"))
        .hasStackTraceContaining("temp_file_limit");
    try (LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 20_000))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").closed()).isTrue();
      assertThat(outcome.books().get("customers").quarantined()).isEqualTo(2);
      assertThat(migration.loaded("Name")).hasSize(59_998).doesNotContainKey("twin");
    }
  }

  @Test
  void aTableWhoseKeyIsNoneIsStoppedAndItsSiblingIsLoaded() throws Exception {
    tables.run(
        "CREATE TABLE wrong (no int PRIMARY KEY, id int, name text)",
        "INSERT INTO wrong SELECT i, i / 2, 'Name' FROM generate_series(2, 20101) i",
        "CREATE TABLE right_one (id int PRIMARY KEY, name text)",
        "INSERT INTO right_one SELECT 1000000 + i, 'Name' FROM generate_series(1, 100) i");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table("wrong", 50_000),
            LocalMigration.table("right_one", 50_000))) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures())
          .extracting(Failure::code)
          .containsExactly("EXTERNAL_ID_NOT_UNIQUE");
      assertThat(outcome.books().get("right_one").closed()).isTrue();
      assertThat(migration.loaded("Name")).hasSize(100);
    }
  }

  private static TableConfig composite(TableConfig t) {
    return TableConfigs.like(t)
        .fields(
            List.of(
                new FieldMapping(
                    "External_ID__c", new FieldMapping.Composite(List.of("a", "b"), "-")),
                new FieldMapping("Name", new FieldMapping.Column("name"))))
        .build();
  }
}
