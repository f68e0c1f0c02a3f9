package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.pipeline.work.Checkpoint;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.simulator.OrgOptions;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An allowance that a job reserved which came to nothing. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ReservedByTheDeadTest {
  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();

  ReservedByTheDeadTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void whatIsGivenBackIsUsedLongBeforeTheDayIsOver() throws Exception {
    tables.run(
        "CREATE TABLE large (id int PRIMARY KEY, name text)",
        "INSERT INTO large SELECT i, 'Name' FROM generate_series(1, 15000) i",
        "CREATE TABLE small (id int PRIMARY KEY, name text)",
        "INSERT INTO small SELECT -i, 'Name' FROM generate_series(1, 1000) i");
    try (LocalMigration migration =
        new LocalMigration(
                OrgOptions.defaults(),
                directory,
                tables.config(),
                LocalMigration.table("large", 15_000),
                LocalMigration.table("small", 15_000))
            .clock(clock)
            .dailyBatches(2)) {
      migration.checkpoint(
          label -> {
            if (label.equals("load.created")) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(() -> migration.run(only("large")))
          .hasCauseInstanceOf(SimulatedCrash.class);

      Instant start = clock.instant();
      RunOutcome outcome = waited(migration.checkpoint(Checkpoint.NONE).host("there"));
      assertThat(outcome.failures()).isEmpty();
      assertThat(migration.org().records("Account").count()).isEqualTo(1_000);
      assertThat(Duration.between(start, clock.instant())).isLessThan(Duration.ofHours(23));
    }
  }

  /** Runs while days go by in seconds. */
  private RunOutcome waited(LocalMigration migration) throws Exception {
    CompletableFuture<RunOutcome> run = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run.complete(migration.run(only("small")));
              } catch (InterruptedException | RuntimeException e) {
                run.completeExceptionally(e);
              }
            });
    thread.start();
    while (!run.isDone()) {
      Thread.sleep(20);
      clock.forward(Duration.ofSeconds(20));
    }
    thread.join();
    return run.get();
  }

  private static RunOptions only(String table) {
    return new RunOptions(Set.of(table), Set.of(), WhenExhausted.WAIT);
  }
}
