package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.mapping.Finding;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects without an external id: the example of docs/mapping.md, with 600 rows. */
@Tag("system")
class InsertedRowsTest {
  private static final int ROWS = 600;

  @TempDir private Path directory;

  private final MovedClock clock = new MovedClock();
  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE MEMBERS (CLUB NUMBER(9), PERSON NUMBER(9), NAME VARCHAR2(40), PRIMARY KEY"
              + " (CLUB, PERSON))",
          "INSERT INTO MEMBERS SELECT MOD(X, 7), X, 'member ' || X FROM SYSTEM_RANGE(1, "
              + ROWS
              + ")");

  @AfterEach
  void close() {
    source.close();
  }

  private LocalMigration migration() throws Exception {
    return migration(MappingPage.example("Objects without an external id"));
  }

  private LocalMigration migration(String example) throws Exception {
    return new LocalMigration(
            OrgOptions.defaults().clock(new BorrowedClock(clock)),
            directory,
            source.config(),
            MappingPage.tables(directory, example))
        .clock(clock);
  }

  @Test
  void rowsAreInsertedOnceAndBookedByTheirField() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.plan().tables().get(0).reason())
          .contains("; rows are inserted, and told apart by AccountNumber, which the file says");
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("MEMBERS").created()).isEqualTo(ROWS);
      assertThat(migration.org().jobs())
          .extracting((JobInfo job) -> job.spec().operation().name())
          .containsOnly("INSERT");
      eachOnce(migration);
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().rows()).isPositive();
      assertThat(certificate.notes())
          .contains(
              "MEMBERS: rows are inserted, and told apart by AccountNumber, which the file says to"
                  + " be unique and the org does not keep so.");
    }
  }

  @Test
  void whatIsTakenOnTrustIsSaidBefore() throws Exception {
    try (LocalMigration migration = migration()) {
      assertThat(migration.preflight())
          .extracting(Finding::code)
          .contains("ROW_KEY_TRUSTED")
          .doesNotContain("EXTERNAL_ID_NOT_ONE", "EXTERNAL_ID_NOT_UNIQUE");
    }
    String byPhone =
        MappingPage.example("Objects without an external id").replace("AccountNumber", "Phone");
    try (LocalMigration migration = migration(byPhone)) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.getMessage()).contains("ROW_KEY_TYPE", "phone"));
    }
  }

  /** Wherever it dies, on this side of the org's answer or on the other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "load.create-sent",
        "load.created",
        "load.upload-sent",
        "load.uploaded",
        "load.submit-sent",
        "load.submitted",
        "poll.ended",
        "settle.reading",
        "settle.counted",
        "settle.booked"
      })
  void aProcessThatDiesInsertsNothingTwice(String label) throws Exception {
    try (LocalMigration migration = migration()) {
      dieAt(migration, label);
      clock.forward(Duration.ofMinutes(10));
      assertThat(migration.run().failures()).isEmpty();
      eachOnce(migration);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"load.submitted", "settle.counted"})
  void aJobThatTheOrgForgotIsNotRepeated(String label) throws Exception {
    try (LocalMigration migration = migration()) {
      dieAt(migration, label);
      OtherClient other = new OtherClient(migration.org());
      assertThat(other.loadedByTheOnlyJob().lines()).hasSize(ROWS + 1);
      other.delete(migration.org().jobs().get(0).id());
      clock.forward(Duration.ofMinutes(10));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("MEMBERS").created()).isEqualTo(ROWS);
      eachOnce(migration);
      assertThat(migration.certificate().findings()).isEmpty();
      assertThat(migration.undo(RunOptions.all()).complete()).isTrue();
      assertThat(migration.org().records("Account").count())
          .as("what was found is on the list of created records")
          .isZero();
    }
  }

  /** The file that names the rows lies on the host of the dead one. */
  @Test
  void aPartInDoubtIsNamedAndNotSentAgain() throws Exception {
    try (LocalMigration migration = migration()) {
      dieAt(migration, "settle.counted");
      new OtherClient(migration.org()).delete(migration.org().jobs().get(0).id());
      clock.forward(Duration.ofMinutes(10));
      List<Failure> failures = migration.host("elsewhere").run().failures();
      assertThat(failures).extracting(Failure::code).containsExactly("INSERT_IN_DOUBT");
      assertThat(failures.get(0).getMessage()).contains("MEMBERS", "600 rows", "lies on here");
      eachOnce(migration);

      clock.forward(Duration.ofMinutes(10));
      assertThat(migration.host("here").run().failures()).isEmpty();
      eachOnce(migration);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void rowsThatWereRefusedAreInsertedWhenTheyAreCorrected() throws Exception {
    source.run("UPDATE MEMBERS SET NAME = NULL WHERE PERSON IN (7, 300)");
    try (LocalMigration migration = migration()) {
      assertThat(migration.run().books().get("MEMBERS").deadLettered()).isEqualTo(2);
      source.run("UPDATE MEMBERS SET NAME = 'mended' WHERE PERSON IN (7, 300)");
      assertThat(migration.fromSource().rows()).isEqualTo(2);
      migration.run();
      eachOnce(migration);
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::created)
          .containsExactly(tuple("MEMBERS", (long) ROWS));
    }
  }

  private static void eachOnce(LocalMigration migration) {
    try (Stream<OrgRecord> records = migration.org().records("Account").stream()) {
      assertThat(records.map(r -> r.value("AccountNumber").orElse("")))
          .hasSize(ROWS)
          .doesNotHaveDuplicates()
          .contains("0-7", "6-6", "5-600");
    }
  }

  private static void dieAt(LocalMigration migration, String label) {
    migration.checkpoint(
        reached -> {
          if (reached.equals(label)) {
            throw new SimulatedCrash(label);
          }
        });
    assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
    migration.checkpoint(Checkpoint.NONE);
  }
}
