package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.LedgerConfig;
import io.initload.config.Secret;
import io.initload.simulator.bulk.ingest.JobInfo;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ledger's server throws everybody out in the middle of a run, and lets nobody in for a while.
 */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class LedgerOutageTest {
  private static final int ROWS = 6_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final PostgresServer.Database books;
  private final AtomicInteger waits = new AtomicInteger();

  LedgerOutageTest(PostgresServer server) {
    books = server.database();
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "extract.sealed",
        "load.create-sent",
        "load.upload-sent",
        "load.submit-sent",
        "poll.looked",
        "settle.counted"
      })
  void theRunWaitsForItAndLoadsNothingTwice(String at) throws Exception {
    try (LocalMigration migration = migration(at)) {
      migration.sleeper(
          duration -> {
            waits.incrementAndGet();
            open();
          });
      complete(migration);
      assertThat(waits.get()).isPositive();
    }
  }

  @Test
  void aLedgerThatStaysAwayEndsTheRunAndTheNextOneGoesOn() throws Exception {
    try (LocalMigration migration = migration("load.upload-sent")) {
      migration.sleeper(duration -> waits.incrementAndGet());
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class,
              f -> {
                assertThat(f.code()).isEqualTo("LEDGER_UNREACHABLE");
                assertThat(f.kind().exitCode()).isEqualTo(75);
                assertThat(f.getMessage()).contains(books.url());
              });
      assertThat(waits.get()).isGreaterThan(10);
      open();
      migration.sleeper(duration -> Thread.sleep(5));
      complete(migration);
    }
  }

  private LocalMigration migration(String shutAt) {
    AtomicBoolean shut = new AtomicBoolean();
    return new LocalMigration(directory, tables.config(), LocalMigration.table("customers", 2_000))
        .ledger(new LedgerConfig(books.url(), books.user(), new Secret(books.password())))
        .checkpoint(
            label -> {
              if (label.equals(shutAt) && shut.compareAndSet(false, true)) {
                shut();
              }
            });
  }

  private void shut() {
    tables.run(
        "ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(books.name()),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
            .formatted(books.name()));
  }

  private void open() {
    tables.run("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(books.name()));
  }

  private static void complete(LocalMigration migration) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").closed()).isTrue();
    assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("77", "Name 77");
    assertThat(migration.org().jobs().stream().mapToLong(JobInfo::processed).sum())
        .as("rows the org took in")
        .isEqualTo(ROWS);
  }
}
