package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking;
import io.initload.config.Chunking.Strategy;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prove.Certificate;
import io.initload.plan.Snapshot;
import io.initload.source.DbaStatements;
import io.initload.source.oracle.OracleStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole run against a stand-in for Oracle that says what Oracle says. */
@Tag("system")
class OracleSourceTest {
  private static final int ROWS = 2_000;

  @TempDir Path directory;

  private final OracleStandIn oracle = new OracleStandIn();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    oracle.close();
  }

  @Test
  void aSeriousErrorIsTriedOnceAgain() throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    AtomicInteger troubles = new AtomicInteger(1);
    oracle.faults(sql -> reads(sql) && troubles.getAndDecrement() > 0 ? 600 : 0);
    try (LocalMigration migration = migration(Strategy.WHOLE)) {
      complete(migration, ROWS);
      assertThat(waits).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"28, 1", "1013, 0"})
  void aSecondOneStopsTheTable(int code, int readAgain) throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    oracle.faults(sql -> reads(sql) ? code : 0);
    try (LocalMigration migration = migration(Strategy.WHOLE)) {
      assertThat(migration.run().failures())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.code()).isEqualTo("SOURCE_READ");
                assertThat(f.kind()).isEqualTo(Failure.Kind.PLATFORM);
                assertThat(f.getMessage()).contains("ORA-%05d".formatted(code));
              });
      assertThat(waits).hasSize(readAgain);
    }
  }

  @Test
  void aTableThatWasJustAlteredIsPlannedSomeMinutesLater() throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    oracle.faults(sql -> sql.contains("COUNT(*)") && waits.size() < 2 ? 1466 : 0);
    try (LocalMigration migration = migration(Strategy.WHOLE)) {
      complete(migration, ROWS);
      assertThat(waits.get(1)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
      assertThat(migration.certificate().notes())
          .anyMatch(n -> n.contains("at a later moment than the migration's"));
    }
  }

  /** A source that loses or invents rows under its own snapshot. */
  @ParameterizedTest
  @CsvSource({
    "WHOLE, extract.claimed, DELETE FROM APP.T WHERE \"id\" = 5",
    "WHOLE, extract.claimed, 'INSERT INTO APP.T VALUES (9999, ''New'', NULL, NULL)'",
    "ROWID, extract.sealed, DELETE FROM APP.T WHERE \"id\" <= 1000",
    "ROWID, extract.sealed, 'INSERT INTO APP.T SELECT 9999, ''New'', ROWID, NULL FROM APP.T WHERE"
        + " \"id\" = 5'"
  })
  void aChunkOfAnotherNumberOfRowsThanCountedIsNeverLoaded(
      Strategy strategy, String at, String change) throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    AtomicBoolean done = new AtomicBoolean();
    try (LocalMigration migration = migration(strategy)) {
      migration.checkpoint(
          label -> {
            if (label.equals(at) && done.compareAndSet(false, true)) {
              oracle.run(change);
            }
          });
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.code()).isEqualTo("CHUNK_COUNT"));
      assertThat(outcome.books().get("T").closed()).isFalse();
      assertThat(migration.loaded("Name")).doesNotContainKeys("5", "9999");
      assertThat(migration.certificate().booksClosed()).isFalse();
    }
  }

  /** For the DBA; the dictionary's queries, which are the same for each table, are left out. */
  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"ROWID", "KEY", "HASH", "WHOLE"})
  void thePlanShowsEveryStatementThatARunSendsAboutATable(Strategy strategy) throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    oracle.run("DELETE FROM ALL_CONSTRAINTS");
    try (LocalMigration migration = migration(strategy)) {
      MigrationPlan.Table plan = migration.plan().tables().get(0);
      List<String> shown = new ArrayList<>(plan.planSql());
      shown.add(plan.readSql());
      shown.addAll(plan.alsoSql());
      assertThat(shown).anyMatch(sql -> sql.contains("HAVING COUNT(*) > 1"));
      complete(migration, ROWS);
      migration.certificate();
      // As many keys as are looked for; one is shown.
      assertThat(
              oracle.sent().stream()
                  .filter(sql -> sql.contains("\"T\""))
                  .map(sql -> sql.replaceAll("\\?(, \\?)+", "?"))
                  .distinct()
                  .toList())
          .hasSizeGreaterThan(4)
          .isSubsetOf(shown);
    }
  }

  @Test
  void theBooksOfAnEmptyTableClose() throws Exception {
    oracle.heap("T", 0, OracleStandIn.HEAP, "NULL");
    oracle.faults(sql -> sql.contains("dba_extents") ? 942 : 0);
    try (LocalMigration migration = migration(Strategy.ROWID)) {
      complete(migration, 0);
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"AUTO", "KEY"})
  void anExternalTableIsReadWithoutSnapshotAndSaysSo(Strategy strategy) throws Exception {
    oracle.heap("T", ROWS, OracleStandIn.HEAP, "NULL");
    oracle.run("INSERT INTO ALL_EXTERNAL_TABLES VALUES ('APP', 'T')");
    try (LocalMigration migration = migration(strategy)) {
      assertThat(migration.plan().tables().get(0).reason()).contains("read without a snapshot");
      complete(migration, ROWS);
      assertThat(oracle.sent()).noneMatch(sql -> sql.contains("\"T\" AS OF SCN"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.snapshot().kind()).isEqualTo(Snapshot.Kind.SCN);
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes())
          .anyMatch(n -> n.startsWith("T: ") && n.contains("read without a snapshot"))
          .anyMatch(n -> n.startsWith("Read without a snapshot: T."));
    }
  }

  @Test
  void aTemporaryTableIsRefusedBeforeAnythingBegins() {
    oracle.heap("T", ROWS, "'NO', NULL, NULL, 'Y'", "NULL");
    try (LocalMigration migration = migration(Strategy.AUTO)) {
      assertThatThrownBy(migration::plan)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_TEMPORARY"));
    }
  }

  @ParameterizedTest
  @CsvSource({"nothing, from V$DATABASE", "V$DATABASE, from TIMESTAMP_TO_SCN"})
  void thePlanSaysWhereTheScnIsFrom(String refused, String said) throws Exception {
    oracle.heap("T", 0, OracleStandIn.HEAP, "NULL");
    oracle.faults(sql -> sql.contains(refused) ? 942 : 0);
    try (LocalMigration migration = migration(Strategy.AUTO)) {
      assertThat(migration.plan().snapshot()).startsWith("SCN 47").contains(said);
    }
  }

  @Test
  void theDbaIsGivenTheUserAsTheDatabaseSpellsIt() throws Exception {
    oracle.heap("T", 0, OracleStandIn.HEAP, "NULL");
    try (LocalMigration migration = migration(Strategy.AUTO)) {
      DbaStatements access = migration.plan().access();
      assertThat(access.grants()).allSatisfy(g -> assertThat(g).endsWith(" TO \"INITLOAD\""));
      assertThat(access.end().get(0)).isEqualTo("ALTER USER \"INITLOAD\" ACCOUNT LOCK");
      assertThat(access.end().get(1)).contains("WHERE username = 'INITLOAD'");
    }
  }

  private static boolean reads(String sql) {
    return sql.contains("t.\"name\"");
  }

  private LocalMigration migration(Strategy strategy) {
    return new LocalMigration(directory, oracle.config(), LocalMigration.table("T", 1_000))
        .tables(t -> t.with(new Chunking(strategy, 1_000, 8)))
        .sleeper(waits::add);
  }

  private static void complete(LocalMigration migration, int rows) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("T").closed()).isTrue();
    assertThat(migration.loaded("Name")).hasSize(rows);
  }
}
