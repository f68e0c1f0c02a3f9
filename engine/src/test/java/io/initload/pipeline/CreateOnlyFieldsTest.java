package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.report.ReportPage;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Fields that a record gets when it is created, and that no update may bring. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class CreateOnlyFieldsTest {
  private static final int ROWS = 500;

  /** As an org describes it whose users may set audit fields. */
  private static final String ACCOUNT =
      """
      {"name":"Account","label":"Account","keyPrefix":"001","fields":[
       {"name":"Name","label":"Name","type":"string","length":255,"nameField":true,
        "nillable":false},
       {"name":"External_ID__c","label":"External ID","type":"string","length":80,
        "externalId":true,"unique":true,"idLookup":true},
       {"name":"CreatedDate","label":"Created Date","type":"datetime","createable":true}]}
      """;

  private static final Fault TIMEOUT =
      new Fault.Answered(
          400,
          "application/json",
          "[{\"errorCode\":\"QUERY_TIMEOUT\",\"message\":\"Your query request was running for too"
              + " long.\"}]",
          Map.of(),
          Fault.Moment.BEFORE_COMMIT);

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private OrgOptions options = OrgOptions.defaults();

  CreateOnlyFieldsTest(PostgresServer server) {
    tables = server.database();
  }

  @BeforeEach
  void fill() throws Exception {
    Path describes = Files.createDirectory(directory.resolve("describes"));
    Files.writeString(describes.resolve("Account.json"), ACCOUNT);
    options = OrgOptions.defaults().describes(describes);
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, made timestamp(0))",
        "INSERT INTO customers SELECT i, 'Name ' || i, timestamp '2001-02-03 04:05:06' FROM"
            + " generate_series(1, %d) i".formatted(ROWS));
  }

  @Test
  void aRecordIsAsOldAsItsRow() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("CreatedDate")).containsEntry("1", "2001-02-03T04:05:06.000Z");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  /** Nobody can say what became of the rows, so that they are sent once more. */
  @Test
  void rowsWhoseResultsAreLostAreFoundInTheOrg() throws Exception {
    try (LocalMigration migration = migration()) {
      lost(migration);
      TableBooks books = migration.run().books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.updated()).isEqualTo(ROWS);
      assertThat(books.deadLettered()).isZero();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).altered()).isEmpty();
      assertThat(migration.org().jobs()).as("the lost one was deleted").hasSize(1);
    }
  }

  @Test
  void rowsThatWereRefusedForALockBeforeAreFoundToo() throws Exception {
    try (LocalMigration migration = migration()) {
      migration.org().faults(FaultPlan.on("job", 1, new Fault.LockStorm(0.1)));
      lost(migration);
      TableBooks books = migration.run().books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.created()).isPositive();
      assertThat(books.created() + books.updated()).isEqualTo(ROWS);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void aRecordThatWasThereBeforeIsUpdatedWithoutThem() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : new String[] {"7", "8"}) {
        other.upsert("Account", "External_ID__c", key, "{\"Name\":\"Old\"}");
      }
      String before = migration.loaded("CreatedDate").getOrDefault("7", "");
      TableBooks books = migration.run().books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.updated()).isEqualTo(2);
      assertThat(books.deadLettered()).isZero();
      assertThat(migration.loaded("Name")).containsEntry("7", "Name 7");
      assertThat(migration.loaded("CreatedDate")).containsEntry("7", before);
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).altered())
          .extracting(a -> a.field() + " " + a.code() + " " + a.rows() + " " + a.first())
          .containsExactly("CreatedDate CREATE_ONLY_LEFT_OUT 2 [7, 8]");
      assertThat(ReportPage.html(certificate)).contains("CREATE_ONLY_LEFT_OUT");
    }
  }

  /** Nobody can say whether their records have what was sent: it is said, and stops nothing. */
  @Test
  void rowsWhoseRecordsAreNotFoundInTimeAreNamed() throws Exception {
    try (LocalMigration migration =
        migration().tables(t -> LocalMigration.bounded(t, 15, 0, TableConfig.ErrorLimit.NEVER))) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : new String[] {"7", "8"}) {
        other.upsert("Account", "External_ID__c", key, "{\"Name\":\"Old\"}");
      }
      migration.org().faults(FaultPlan.on("query", 10_000, TIMEOUT));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.created()).isEqualTo(ROWS - 2);
      try (Ledger ledger = migration.ledger()) {
        List<ExceptionRow> dead = ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10);
        assertThat(dead).extracting(ExceptionRow::externalId).containsExactlyInAnyOrder("7", "8");
        assertThat(dead)
            .allSatisfy(
                row -> {
                  assertThat(row.code()).isEqualTo("INVALID_FIELD_FOR_INSERT_UPDATE");
                  assertThat(row.message()).endsWith("takes too long to find it.");
                });
      }
    }
  }

  @Test
  void rowsWhoseRecordsAreFoundLaterAreLoadedAfterAll() throws Exception {
    try (LocalMigration migration = migration()) {
      new OtherClient(migration.org())
          .upsert("Account", "External_ID__c", "7", "{\"Name\":\"Old\"}");
      MovedClock clock = new MovedClock();
      AtomicBoolean first = new AtomicBoolean(true);
      migration
          .clock(clock)
          .sleeper(clock::forward)
          .checkpoint(
              label -> {
                if (label.equals("load.submit-sent") && first.getAndSet(false)) {
                  migration.org().faults(FaultPlan.on("query", 1, TIMEOUT));
                }
              });
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.updated()).isEqualTo(1);
      assertThat(books.deadLettered()).isZero();
      assertThat(migration.loaded("Name")).containsEntry("7", "Name 7");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  /** The staged file is gone, and the job ends in the middle: the rest is read again. */
  @Test
  void rowsThatAreThereAreNotReadAgainWithTheRestOfTheirChunk() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : new String[] {"7", "8"}) {
        other.upsert(
            "Account",
            "External_ID__c",
            key,
            "{\"Name\":\"Name %s\",\"CreatedDate\":\"2001-02-03T04:05:06.000Z\"}".formatted(key));
      }
      migration
          .org()
          .faults(FaultPlan.on("job", 1, new Fault.JobFailed("InternalServerError", 200)));
      migration.checkpoint(
          label -> {
            if (label.equals("load.submit-sent") && migration.org().jobs().size() == 1) {
              loseTheStagedFile();
            }
          });
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.updated()).as("booked once").isEqualTo(2);
      assertThat(books.created()).isEqualTo(ROWS - 2);
      assertThat(migration.org().jobs()).hasSize(2);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  /** Nobody may guess whether they are booked: it is asked again. */
  @Test
  void rowsOfALostFileThatAreNotFoundInTimeWait() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : new String[] {"7", "8"}) {
        other.upsert(
            "Account",
            "External_ID__c",
            key,
            "{\"Name\":\"Name %s\",\"CreatedDate\":\"2001-02-03T04:05:06.000Z\"}".formatted(key));
      }
      migration
          .org()
          .faults(FaultPlan.on("job", 1, new Fault.JobFailed("InternalServerError", 200)));
      AtomicBoolean first = new AtomicBoolean(true);
      migration.checkpoint(
          label -> {
            if (label.equals("load.submit-sent") && migration.org().jobs().size() == 1) {
              loseTheStagedFile();
            }
            if (label.equals("extract.claimed")
                && migration.org().jobs().size() == 1
                && first.getAndSet(false)) {
              migration.org().faults(FaultPlan.on("query", 3, TIMEOUT));
            }
          });
      RunOutcome outcome = migration.run();
      assertThat(first).isFalse();
      assertThat(outcome.failures()).isEmpty();
      TableBooks books = outcome.books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.updated()).as("booked once").isEqualTo(2);
      assertThat(books.created()).isEqualTo(ROWS - 2);
    }
  }

  /** It is held against the row as it was read, and not against what was sent in the end. */
  @Test
  void aRowThatLostFieldsAndIsReadAgainWasNotChangedByThat() throws Exception {
    try (LocalMigration migration =
        migration().tables(t -> LocalMigration.bounded(t, 15, 0, TableConfig.ErrorLimit.NEVER))) {
      OtherClient other = new OtherClient(migration.org());
      for (String key : new String[] {"7", "8"}) {
        other.upsert("Account", "External_ID__c", key, "{\"Name\":\"Old\"}");
      }
      migration.checkpoint(
          label -> {
            if (label.equals("retry.entered") && migration.org().jobs().size() == 1) {
              migration.org().faults(FaultPlan.on("job", 1, new Fault.LockStorm(1.0)));
            }
          });
      assertThat(migration.run().books().get("customers").deadLettered()).isEqualTo(2);
      tables.run("UPDATE customers SET name = 'New' WHERE id = 8");
      assertThat(migration.fromSource().rows()).isEqualTo(2);
      migration.checkpoint(Checkpoint.NONE);
      assertThat(migration.run().books().get("customers").updated()).isEqualTo(2);
      assertThat(migration.certificate().notes())
          .anyMatch(
              note ->
                  note.matches(
                      "customers: 2 rows were read again from .*; 1 of them had been changed.*"));
    }
  }

  private void loseTheStagedFile() {
    try (Stream<Path> files = Files.list(directory.resolve("staging"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv.gz")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The results of the only job are gone before anybody booked them. */
  private void lost(LocalMigration migration) throws Exception {
    migration.checkpoint(
        label -> {
          if (label.equals("settle.counted")) {
            throw new SimulatedCrash(label);
          }
        });
    assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
    migration.checkpoint(Checkpoint.NONE);
    new OtherClient(migration.org()).delete(migration.org().jobs().get(0).id());
  }

  private LocalMigration migration() {
    return new LocalMigration(
            options,
            directory,
            tables.config(),
            LocalMigration.table("customers", ROWS, "made", "CreatedDate"))
        .sampleRows(ROWS)
        .values(Map.of());
  }
}
