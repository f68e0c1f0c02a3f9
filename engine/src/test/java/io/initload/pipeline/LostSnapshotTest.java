package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.ledger.Ledger;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a migration whose snapshot died, with the process that held it or before it. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class LostSnapshotTest {
  private static final int ROWS = 6_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  LostSnapshotTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, filler text)",
        "INSERT INTO customers SELECT i, 'Name ' || i, repeat('x', 300) FROM generate_series(1, %d) i"
            .formatted(ROWS));
  }

  @Test
  void aKilledRunGoesOnWhereNothingWasWritten() throws Exception {
    try (LocalMigration migration = migration()) {
      diesAt(migration, "extract.staged", 3);
      tables.run("VACUUM customers", "ANALYZE customers");
      complete(migration, "Name 5");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).anyMatch(n -> n.contains("proven to show the same rows"));
      assertThat(certificate.tables().get(0).sample().fields()).isPositive();
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.tables().pass("customers").orElseThrow().snapshot())
            .isNotEqualTo(ledger.migrations().begun().orElseThrow().snapshot());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE customers SET name = 'Other' WHERE id = 5",
        "DELETE FROM customers WHERE id = 5",
        "DELETE FROM customers WHERE id = 5; INSERT INTO customers VALUES (5, 'Other')",
        "TRUNCATE customers",
        "CLUSTER customers USING customers_pkey"
      })
  void aWriteStopsATableThatIsLoadedInPart(String write) throws Exception {
    try (LocalMigration migration = migration()) {
      diesWithOneChunkLoaded(migration);
      tables.run(write);
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.code()).isEqualTo("SOURCE_SNAPSHOT_TOO_OLD"));
      assertThat(outcome.books().get("customers").closed()).isFalse();
      assertThat(migration.certificate().booksClosed()).isFalse();
    }
  }

  @Test
  void aTableOfWhichNothingIsLoadedIsPlannedAnewAndSaysSo() throws Exception {
    try (LocalMigration migration = migration()) {
      diesAt(migration, "extract.claimed", 1);
      tables.run("UPDATE customers SET name = 'Other' WHERE id = 5");
      complete(migration, "Other");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes())
          .anyMatch(n -> n.contains("customers") && n.contains("at a later moment"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void aRunSurvivesTheLossOfTheSessionThatHoldsItsSnapshot(int last) throws Exception {
    AtomicInteger chunks = new AtomicInteger();
    try (LocalMigration migration = migration()) {
      migration.checkpoint(
          label -> {
            if (label.equals("extract.staged") && losesAt(chunks.incrementAndGet(), last)) {
              tables.run(
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                      + " current_database() AND pid <> pg_backend_pid()");
            }
          });
      complete(migration, "Name 5");
      assertThat(migration.certificate().notes())
          .anyMatch(n -> n.contains("proven to show the same rows"));
    }
  }

  /** At the second chunk, and at the last one named: then the later moment is lost as well. */
  private static boolean losesAt(int chunk, int last) {
    return chunk == 2 || chunk == last;
  }

  @Test
  void aSampleWhoseSnapshotIsGoneIsHeldAgainstTheSourceAsItIsNow() throws Exception {
    try (LocalMigration migration = migration().sampleRows(30)) {
      complete(migration, "Name 5");
      tables.run("UPDATE customers SET filler = 'y'");
      Certificate.Sample same = now(migration);
      assertThat(same.rows()).isEqualTo(30);
      assertThat(same.statement()).contains("none differs", "held against the source as it is now");

      tables.run("UPDATE customers SET name = 'Other' WHERE id % 2 = 0");
      Certificate.Sample other = now(migration);
      assertThat(other.rows()).isBetween(1L, 29L);
      assertThat(other.statement()).contains("30 rows were held", "nothing follows");
      assertThat(now(migration.sampleRows(40)).statement()).contains("40 rows were held");
    }
  }

  private static Certificate.Sample now(LocalMigration migration) throws InterruptedException {
    Certificate certificate = migration.certificate();
    assertThat(certificate.findings()).isEmpty();
    assertThat(certificate.tables().get(0).sample().against()).isEqualTo(Certificate.Against.NOW);
    return certificate.tables().get(0).sample();
  }

  @Test
  void aFrozenSourceNeedsNoSnapshotAndIsProven() throws Exception {
    try (LocalMigration migration = migration().source(LostSnapshotTest::frozen)) {
      diesAt(migration, "extract.staged", 3);
      complete(migration, "Name 5");
      assertThat(migration.plan().snapshot()).startsWith("FROZEN");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.snapshot().kind()).isEqualTo(Snapshot.Kind.FROZEN);
      assertThat(certificate.notes())
          .anyMatch(n -> n.contains("Row versions prove that nobody wrote"));
      tables.run("UPDATE customers SET name = 'Other' WHERE id = 5");
      assertThat(migration.certificate().findings())
          .anyMatch(f -> f.contains("has been written to since"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void aWriteToAFrozenSourceTurnsTheRunRed(int afterChunk) throws Exception {
    AtomicInteger chunks = new AtomicInteger();
    try (LocalMigration migration = migration().source(LostSnapshotTest::frozen)) {
      migration.checkpoint(
          label -> {
            if (label.equals("extract.staged") && chunks.incrementAndGet() == afterChunk) {
              tables.run("UPDATE customers SET name = 'Other' WHERE id = 5");
            }
          });
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.code()).isEqualTo("SOURCE_CHANGED"));
      assertThat(outcome.books().get("customers").closed()).isFalse();
    }
  }

  private LocalMigration migration() {
    // Six chunks, one reader: the order of events is the test's.
    return new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 1_000))
        .source(s -> with(s, s.consistency()));
  }

  private static SourceConfig frozen(SourceConfig source) {
    return with(source, SourceConfig.Consistency.FROZEN);
  }

  private static SourceConfig with(SourceConfig source, SourceConfig.Consistency consistency) {
    return SourceConfigs.like(source).sessions(1).parallelHint(0).consistency(consistency).build();
  }

  private static void diesAt(LocalMigration migration, String label, int time) {
    AtomicInteger times = new AtomicInteger();
    migration.checkpoint(
        at -> {
          if (at.equals(label) && times.incrementAndGet() == time) {
            throw new SimulatedCrash(label);
          }
        });
    assertThatThrownBy(migration::run).hasStackTraceContaining(label);
    migration.checkpoint(Checkpoint.NONE);
  }

  private static void diesWithOneChunkLoaded(LocalMigration migration) {
    AtomicInteger chunks = new AtomicInteger();
    CountDownLatch booked = new CountDownLatch(1);
    migration.checkpoint(
        at -> {
          if (at.equals("settle.booked")) {
            booked.countDown();
            throw new SimulatedCrash(at);
          }
          if (at.equals("extract.claimed") && chunks.incrementAndGet() == 2) {
            await(booked);
            throw new SimulatedCrash(at);
          }
        });
    assertThatThrownBy(migration::run).hasMessageContaining("step");
    migration.checkpoint(Checkpoint.NONE);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void complete(LocalMigration migration, String fifth) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").closed()).isTrue();
    assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("5", fifth);
  }
}
