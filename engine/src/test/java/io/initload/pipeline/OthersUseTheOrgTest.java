package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.TryLater;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.plan.Batches;
import io.initload.simulator.limits.Usage.Counted;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The org's daily batches are everybody's: what others take of them is missing for us. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class OthersUseTheOrgTest {
  private static final int ROWS = 6_000;
  private static final int PARTS = 6;
  private static final RunOptions STOP = new RunOptions(Set.of(), Set.of(), WhenExhausted.STOP);

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  OthersUseTheOrgTest(PostgresServer server) {
    tables = server.database();
  }

  @BeforeEach
  void fill() {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, filler text)",
        "INSERT INTO customers SELECT i, 'Name ' || i, repeat('x', 300) FROM generate_series(1, %d) i"
            .formatted(ROWS));
  }

  @Test
  void noJobIsBegunBeyondWhatTheOrgSaysIsLeft() throws Exception {
    try (LocalMigration migration = migration()) {
      migration.org().changeAllocations(a -> a.withDailyBatches(7));
      OtherClient others = new OtherClient(migration.org());
      others.load(3);
      assertThatThrownBy(() -> migration.run(STOP))
          .isInstanceOfSatisfying(
              TryLater.class,
              e -> {
                assertThat(e.code()).isEqualTo("QUOTA_EXHAUSTED");
                assertThat(e.kind().exitCode()).isEqualTo(76);
                assertThat(e.at()).isAfter(Instant.now());
                assertThat(e.getMessage()).contains("The org says that 0 of its daily batches");
              });
      assertThat(migration.org().usage().remaining(Counted.BATCHES)).isZero();
      assertThat(migration.org().jobs()).hasSize(3 + 4);

      migration.org().changeAllocations(a -> a.withDailyBatches(7 + 2));
      migration.clock(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(15)));
      complete(migration, migration.run(STOP));
      assertThat(migration.org().usage().used(Counted.BATCHES)).isEqualTo(3 + PARTS);
    }
  }

  @Test
  void aRunThatWaitsGoesOnWhenTheOrgHasBatchesAgain() throws Exception {
    try (LocalMigration migration = migration()) {
      MovedClock clock = new MovedClock();
      migration.clock(clock);
      migration.org().changeAllocations(a -> a.withDailyBatches(5));
      new OtherClient(migration.org()).load(1);
      CompletableFuture<RunOutcome> run = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  run.complete(migration.run());
                } catch (InterruptedException | RuntimeException e) {
                  run.completeExceptionally(e);
                }
              });
      thread.start();
      while (migration.org().usage().remaining(Counted.BATCHES) > 0 && !run.isDone()) {
        Thread.sleep(10);
      }
      assertThat(run).as("the run, while the org has no batches left").isNotDone();
      migration.org().changeAllocations(a -> a.withDailyBatches(100));
      // the clock moves as long as the gate is closed, however late it closed
      while (!run.isDone()) {
        clock.forward(Duration.ofSeconds(20));
        Thread.sleep(20);
      }
      complete(migration, run.get());
      thread.join();
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
        directory, tables.config(), LocalMigration.table("customers", ROWS / PARTS));
  }

  private static void complete(LocalMigration migration, RunOutcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").closed()).isTrue();
    assertThat(outcome.books().get("customers").batches()).isEqualTo(Batches.of(ROWS, PARTS));
    assertThat(migration.loaded("Name")).hasSize(ROWS);
    assertThat(migration.org().usage().used(Counted.RECORDS))
        .as("rows the org took in")
        .isEqualTo(ROWS + migration.org().records("Lead").count());
  }
}
