package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.TryLater;
import io.initload.config.TableConfig;
import io.initload.config.TargetConfig.Compression;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.source.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the org, or somebody else in it, does with our jobs before we are done with them. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class MeddledJobsTest {
  private static final int ROWS = 25_000;
  private static final RunOptions STOP = new RunOptions(Set.of(), Set.of(), WhenExhausted.STOP);

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();

  MeddledJobsTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void aJobWhoseResultsExpiredUnbookedIsLoadedAgainAndBooked() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults())) {
      dieAt(migration, "settle.counted");
      clock.forward(Duration.ofDays(8));
      loadedAgain(migration.run());
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.notes()).anyMatch(n -> n.contains("25,000 records that those jobs"));
    }
  }

  @Test
  void aJobThatIsDeletedUnbookedIsLoadedAgainAndBooked() throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults())) {
      dieAt(migration, "settle.counted");
      JobInfo job = migration.org().jobs().get(0);
      new OtherClient(migration.org()).delete(job.id());
      loadedAgain(migration.run());
    }
  }

  @ParameterizedTest
  @CsvSource({"load.created, abort", "load.uploaded, abort", "load.uploaded, submit"})
  void aJobThatSomebodyElseMovesStopsNothing(String label, String act) throws Exception {
    try (LocalMigration migration = migration(OrgOptions.defaults())) {
      once(
          migration,
          label,
          () -> {
            OtherClient other = new OtherClient(migration.org());
            String job = migration.org().jobs().get(0).id();
            if (act.equals("abort")) {
              other.abort(job);
            } else {
              other.submit(job);
            }
          });
      complete(migration, migration.run());
    }
  }

  /** Their rows are in none of the result files. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void rowsThatTheOrgHadNoBatchesForAreFoundAndLoadedAgain(int left) throws Exception {
    try (LocalMigration migration =
        migration(OrgOptions.defaults().set("ingest.batchesExhausted", "complete-job"))) {
      once(
          migration,
          "load.uploaded",
          () -> migration.org().changeAllocations(a -> a.withDailyBatches(left)));
      assertThatThrownBy(() -> migration.run(STOP)).isInstanceOf(TryLater.class);
      assertThat(migration.org().records("Account").count()).isEqualTo(left * 10_000L);

      migration.org().changeAllocations(a -> a.withDailyBatches(100));
      clock.forward(Duration.ofMinutes(31));
      migration.org().faults(FaultPlan.on("job", 1, new Fault.LockStorm(0.001)));
      complete(migration, migration.run(STOP));
      assertThat(migration.org().usage().used(Counted.RECORDS))
          .as("rows the org took in, those refused for a lock twice")
          .isBetween(ROWS + 1L, ROWS + 200L);
    }
  }

  private LocalMigration migration(OrgOptions options) {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
    LocalMigration migration =
        new LocalMigration(
                options.clock(new BorrowedClock(clock)),
                directory,
                tables.config(),
                LocalMigration.table("customers", ROWS))
            .clock(clock)
            .tables(t -> LocalMigration.bounded(t, 15, 1, TableConfig.ErrorLimit.NEVER))
            .compression(Compression.AUTO);
    try (Ledger ledger = migration.ledger()) {
      ledger.orgs().remember(migration.org().orgId(), CompressionTest.FACT, "DECODES");
    }
    return migration;
  }

  /** The label must be one that the thread reaches on whose work the test depends. */
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

  private interface Meddling {
    void act() throws IOException, InterruptedException;
  }

  private static void once(LocalMigration migration, String label, Meddling meddling) {
    AtomicBoolean done = new AtomicBoolean();
    migration.checkpoint(
        reached -> {
          if (reached.equals(label) && done.compareAndSet(false, true)) {
            try {
              meddling.act();
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        });
  }

  private static void loadedAgain(RunOutcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    TableBooks books = outcome.books().get("customers");
    assertThat(books.closed()).isTrue();
    assertThat(books.created()).isZero();
    assertThat(books.updated()).isEqualTo(ROWS);
  }

  private static void complete(LocalMigration migration, RunOutcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    TableBooks books = outcome.books().get("customers");
    assertThat(books.closed()).isTrue();
    assertThat(books.created()).isEqualTo(ROWS);
    assertThat(migration.loaded("Name")).hasSize(ROWS);
    try (Ledger ledger = migration.ledger()) {
      assertThat(ledger.orgs().fact(migration.org().orgId(), CompressionTest.FACT))
          .contains("DECODES");
    }
  }
}
