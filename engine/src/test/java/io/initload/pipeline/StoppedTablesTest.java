package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.ErrorLimit;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.work.Checkpoint;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What stops a table, or all of them, before more of the daily allowance is spent in vain. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class StoppedTablesTest {
  private static final int PART = 10_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  StoppedTablesTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void aMappingThatIsWrongForMostRowsStopsTheTableAtItsFirstPart() throws Exception {
    fill(4 * PART, "repeat('x', 300)");
    try (LocalMigration migration = oneJobAtATime(new ErrorLimit(Long.MAX_VALUE, 50))) {
      migration.jobsWaitForTheVerdict("customers");
      RunOutcome outcome = migration.run();
      stopped(outcome, "TOO_MANY_ERRORS");
      assertThat(outcome.failures().get(0).remedy()).contains("dead-letters replay");
      assertThat(migration.org().jobs()).hasSize(2);
    }
  }

  @Test
  void aFewBadRowsStopATableThatAllowsFewer() throws Exception {
    fill(4 * PART, "CASE WHEN i %% 5000 = 0 THEN repeat('x', 300) ELSE 'Name' END");
    try (LocalMigration migration = oneJobAtATime(new ErrorLimit(3, 100))) {
      RunOutcome outcome = migration.run();
      stopped(outcome, "TOO_MANY_ERRORS");
      assertThat(outcome.books().get("customers").deadLettered()).isBetween(3L, 8L);

      migration.tables(t -> LocalMigration.bounded(t, 1, 5, ErrorLimit.NEVER));
      TableBooks books = migration.run().books().get("customers");
      assertThat(books.closed()).isTrue();
      assertThat(books.deadLettered()).isEqualTo(8);
    }
  }

  @Test
  void aTableThatCannotBePlannedKeepsNoOtherFromLoading() throws Exception {
    fill(10, "'Name'");
    tables.run("CREATE TABLE orders AS SELECT * FROM customers");
    TableConfig orders = LocalMigration.table("orders", PART);
    try (LocalMigration migration =
        new LocalMigration(
            OrgOptions.defaults(),
            directory,
            tables.config(),
            orders.with(new Chunking(Chunking.Strategy.PARTITION, PART, 0)),
            LocalMigration.table("customers", PART))) {
      RunOutcome outcome = migration.run();
      stopped(outcome, "SOURCE_STRATEGY");
      assertThat(outcome.books().get("customers").created()).isEqualTo(10);

      migration.tables(t -> t.with(new Chunking(Chunking.Strategy.AUTO, PART, 0)));
      outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("orders").closed()).isTrue();
    }
  }

  @Test
  void aFullOrgStopsTheRunAndTheRowsWaitForRoom() throws Exception {
    fill(2_000, "'Name'");
    try (LocalMigration migration =
        migration(OrgOptions.defaults().set("limits.dataStorageMegabytes", "2"))) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.code()).isEqualTo("ORG_FULL");
                assertThat(e.kind()).isEqualTo(Failure.Kind.PLATFORM);
              });
      assertThat(migration.org().records("Account").count()).isBetween(1L, 1_999L);

      migration.org().changeAllocations(a -> a.withDataStorage(100));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").created()).isEqualTo(2_000);
    }
  }

  @Test
  void aColumnThatTheOrgDoesNotKnowStopsTheTable() throws Exception {
    fill(4 * PART, "'Name'");
    try (LocalMigration migration = oneJobAtATime(ErrorLimit.NEVER)) {
      String message = "InvalidBatch : InvalidBatch : Field name not found : Name";
      migration.org().faults(FaultPlan.on("job", 1, new Fault.JobFailed(message, 0)));
      migration.jobsWaitForTheVerdict("customers");
      RunOutcome outcome = migration.run();
      stopped(outcome, "JOB_FAILED");
      assertThat(outcome.failures().get(0).getMessage()).contains(message);
      assertThat(migration.org().jobs()).hasSize(2);

      migration.checkpoint(Checkpoint.NONE);
      assertThat(migration.run().books().get("customers").created()).isEqualTo(4 * PART);
    }
  }

  @Test
  void rowsThatLostTheirLocksAreGatheredOverParts() throws Exception {
    fill(6 * PART, "'Name'");
    try (LocalMigration migration = migration(OrgOptions.defaults())) {
      List<JobInfo> jobs = stormed(migration, 0.005);
      assertThat(jobs).as("one job for what six left").hasSize(6 + 1);
      assertThat(jobs.get(6).rows())
          .isEqualTo(jobs.stream().limit(6).mapToLong(JobInfo::failed).sum());
      assertThat(jobs.get(6).rows()).isPositive();
    }
  }

  /** And in the last round, which is the first here, one job goes after the other. */
  @Test
  void manyOfThemFillTheirBatches() throws Exception {
    fill(6 * PART, "'Name'");
    try (LocalMigration migration =
        migration(OrgOptions.defaults().set("ingest.lockFailuresMax", "10000"))
            .partRows(2 * PART)) {
      List<JobInfo> jobs = stormed(migration, 0.6);
      List<JobInfo> again = jobs.subList(6, jobs.size());
      assertThat(again.stream().mapToLong(JobInfo::rows).sum())
          .isEqualTo(jobs.stream().limit(6).mapToLong(JobInfo::failed).sum())
          .isGreaterThan(3 * PART);
      assertThat(again.subList(0, again.size() - 1))
          .allSatisfy(job -> assertThat(job.rows() % PART).isZero());
      oneAfterTheOther(again);
    }
  }

  @Test
  void theSerialLaneHasOneJobAtATime() throws Exception {
    fill(4 * PART, "'Name'");
    try (LocalMigration migration = oneJobAtATime(ErrorLimit.NEVER)) {
      assertThat(migration.run().failures()).isEmpty();
      List<JobInfo> jobs = inOrder(migration);
      assertThat(jobs).hasSize(4);
      oneAfterTheOther(jobs);
    }
  }

  /** The jobs of a run in which a share of the rows of the first six lost their locks. */
  private static List<JobInfo> stormed(LocalMigration migration, double share) throws Exception {
    migration
        .tables(t -> LocalMigration.bounded(t, 15, 1, ErrorLimit.NEVER))
        .org()
        .faults(FaultPlan.on("job", 6, new Fault.LockStorm(share)));
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").created()).isEqualTo(6 * PART);
    return inOrder(migration);
  }

  private static List<JobInfo> inOrder(LocalMigration migration) {
    return migration.org().jobs().stream().sorted(Comparator.comparing(JobInfo::created)).toList();
  }

  private static void oneAfterTheOther(List<JobInfo> jobs) {
    for (int i = 1; i < jobs.size(); i++) {
      assertThat(jobs.get(i).created())
          .as("begun, after the end of the one before")
          .isAfterOrEqualTo(jobs.get(i - 1).modified());
    }
  }

  private void fill(int rows, String name) {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, %s FROM generate_series(1, %d) i"
            .formatted(name.replace("%%", "%"), rows));
  }

  private LocalMigration oneJobAtATime(ErrorLimit limit) {
    return migration(OrgOptions.defaults())
        .uploads(1)
        .tables(t -> LocalMigration.bounded(t, 1, 5, limit));
  }

  private LocalMigration migration(OrgOptions options) {
    return new LocalMigration(
        options, directory, tables.config(), LocalMigration.table("customers", PART));
  }

  private static void stopped(RunOutcome outcome, String code) {
    assertThat(outcome.failures()).extracting(Failure::code).containsExactly(code);
  }
}
