package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the comparison of rows calls a difference, and what not. */
@Tag("system")
@ExtendWith(PostgresServer.Provider.class)
class CertificateTest {
  @TempDir Path directory;

  private final PostgresServer.Database tables;

  CertificateTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void keysTooLongForOneAddressAreAskedForByMany() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT repeat('\u00e4', 76) || (1000 + i), 'Name ' || i"
            + " FROM generate_series(1, 120) i");
    try (LocalMigration migration = migration().sampleRows(120)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(120);
      assertThat(certificate.tables().get(0).sample().fields()).isEqualTo(240);
    }
  }

  @Test
  void aFieldThatWasNotSentKeepsWhatTheRecordHad() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, phone text)",
        "INSERT INTO customers VALUES ('1', 'New', NULL), ('2', 'Other', '456')");
    try (LocalMigration migration =
        new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table("customers", 1_000, "phone", "Phone"))) {
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "1", "{\"Name\":\"Old\",\"Phone\":\"123\"}");
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().fields()).isEqualTo(5);
      assertThat(migration.loaded("Phone")).containsEntry("1", "123").containsEntry("2", "456");
    }
  }

  @Test
  void aRecordWhoseUpdateWasRefusedIsADeadLetterAndNoDifference() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', repeat('x', 300)), ('2', 'Good')");
    try (LocalMigration migration = migration()) {
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "1", "{\"Name\":\"Old\"}");
      RunOutcome outcome = migration.run();
      assertThat(outcome.books().get("customers").deadLettered()).isEqualTo(1);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void aRecordThatDiffersIsFound() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), ('2', 'Two')");
    // A machine whose clock is ahead: no change is surely later than our own.
    Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (LocalMigration migration = migration().clock(ahead)) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "2", "{\"Name\":\"Changed\"}");
      assertThat(migration.certificate().findings())
          .containsExactly("customers, external id 2: field Name differs.");
    }
  }

  @Test
  void aRecordThatIsMissingIsFound() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), ('2', 'Two')");
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      new OtherClient(migration.org()).delete("Account", "External_ID__c", "2");
      assertThat(migration.certificate().findings())
          .containsExactly(
              "customers, external id 2: it is not in the org.",
              "Account: 0 records before and 2 created, but 1 in the org now.");
    }
  }

  @Test
  void aRowThatUpdatedARecordWhichNobodyKnewOfIsFound() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), ('2', 'Two')");
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      migration.checkpoint(
          label -> {
            if (label.equals("plan.entered")) {
              other.quietly(
                  () -> other.upsert("Account", "External_ID__c", "2", "{\"Name\":\"Theirs\"}"));
            }
          });
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.certificate().findings())
          .contains(
              "Account: 1 rows updated a record, but only 0 records were there before: several rows"
                  + " of the source met in one record.");
    }
  }

  /** Fields are told apart by their place: others would be compared, or none. */
  @Test
  void rowsAreNotComparedByAnotherMapping() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text, phone text)",
        "INSERT INTO customers VALUES ('1', 'One', '123'), ('2', 'Two', '456')");
    TableConfig longer = LocalMigration.table("customers", 1_000, "phone", "Phone");
    TableConfig shorter = LocalMigration.table("customers", 1_000);
    for (TableConfig loaded : List.of(longer, shorter)) {
      Path own = Files.createDirectory(directory.resolve("of" + loaded.fields().size()));
      try (LocalMigration migration = new LocalMigration(own, tables.config(), loaded)) {
        assertThat(migration.run().failures()).isEmpty();
        migration.tables(t -> loaded.equals(longer) ? shorter : longer);
        Certificate certificate = migration.certificate();
        assertThat(certificate.booksClosed()).isFalse();
        assertThat(certificate.findings())
            .containsExactly(
                "customers: its mapping is another one than its rows were loaded by"
                    + " (MAPPING_CHANGED), so that none are compared.");
        migration.tables(t -> loaded);
        assertThat(migration.certificate().findings()).isEmpty();
      }
    }
  }

  @Test
  void aTableThatLeadsToAnotherObjectNowIsNamed() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), ('2', 'Two')");
    try (LocalMigration migration = migration()) {
      others(migration, "1");
      assertThat(migration.run().failures()).isEmpty();
      TableConfig contacts =
          TableConfigs.of("customers")
              .object("Contact")
              .field("id", "External_ID__c")
              .field("name", "LastName")
              .build();
      migration.tables(t -> contacts);
      assertThat(migration.certificate().findings())
          .anyMatch(finding -> finding.contains("MAPPING_CHANGED"));
    }
  }

  /** Blanks and letter case tell no keys apart. */
  @Test
  void recordsThatWereThereAreCountedByTheirKeys() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), (' b ', 'Two')");
    try (LocalMigration migration = migration()) {
      others(migration, "B", "x", "y");
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes())
          .contains(
              "Account: 1 rows updated a record; of the 3 records that were there before, the"
                  + " source has the external ids of 1.");
    }
  }

  /** One record less than rows, as when two met, beside records that hide it from a count. */
  @Test
  void rowsThatMetAreNotHiddenByRecordsOfOthers() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES ('1', 'One'), ('2', 'Two'), ('3', 'Three')");
    try (LocalMigration migration = migration()) {
      others(migration, "3", "x", "y");
      OtherClient other = new OtherClient(migration.org());
      migration.checkpoint(
          label -> {
            if (label.equals("plan.entered")) {
              other.quietly(
                  () -> other.upsert("Account", "External_ID__c", "2", "{\"Name\":\"Theirs\"}"));
            }
          });
      assertThat(migration.run().failures()).isEmpty();
      other.delete("Account", "External_ID__c", "2");
      assertThat(migration.certificate().findings())
          .as("there are as many records as the books say")
          .containsExactly(
              "customers, external id 2: it is not in the org.",
              "Account: 2 rows updated a record, but of the 3 records that were there before the"
                  + " source has the external ids of 1: several rows of the source met in one"
                  + " record.");
    }
  }

  private static void others(LocalMigration migration, String... keys) throws Exception {
    for (String key : keys) {
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", key, "{\"Name\":\"Theirs\"}");
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 1_000));
  }
}
