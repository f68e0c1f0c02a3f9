package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.entry.TableBooks;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.journal.RequestEntry;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A part that needs more of the day's allowance than is left of it, and waits for the next day. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class NoRoomTodayTest {
  private static final int SMALL = 1_000;
  private static final int LARGE = 10_001;

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();

  NoRoomTodayTest(PostgresServer server) {
    tables = server.database();
  }

  /** Two batches a day: the small table's, and that of its rows that lost a lock. */
  @Test
  void whatFitsIsLoadedMeanwhileAndTheOrgIsLeftAlone() throws Exception {
    tables.run(
        "CREATE TABLE a (id int PRIMARY KEY, name text)",
        "CREATE TABLE b (id int PRIMARY KEY, name text)",
        "INSERT INTO a SELECT i, 'small' FROM generate_series(1, %d) i".formatted(SMALL),
        "INSERT INTO b SELECT 100000 + i, 'large' FROM generate_series(1, %d) i".formatted(LARGE));
    try (LocalMigration migration =
        new LocalMigration(
                directory,
                tables.config(),
                LocalMigration.table("a", 20_000),
                LocalMigration.table("b", 20_000))
            .sessions(1)
            .dailyBatches(2)
            .clock(clock)) {
      migration.org().faults(FaultPlan.on("job", 1, new Fault.LockStorm(0.01)));
      CompletableFuture<RunOutcome> run = new CompletableFuture<>();
      Thread thread = new Thread(() -> complete(run, migration), "run");
      thread.start();
      while (migration.org().records("Account").count() < SMALL) {
        pass(Duration.ofSeconds(20), run);
      }
      assertThat(migration.loaded("Name").values()).containsOnly("small");

      int asked = limitsAsked(migration);
      for (int i = 0; i < 23 * 4; i++) {
        pass(Duration.ofMinutes(15), run);
      }
      assertThat(migration.org().records("Account").count()).isEqualTo(SMALL);
      assertThat(limitsAsked(migration) - asked).as("looks at the allowances").isLessThan(10);

      while (!run.isDone()) {
        pass(Duration.ofMinutes(1), run);
      }
      thread.join();
      assertThat(run.get().failures()).isEmpty();
      assertThat(run.get().books().values()).allMatch(TableBooks::closed);
      assertThat(migration.loaded("Name")).hasSize(SMALL + LARGE);
    }
  }

  private static void complete(CompletableFuture<RunOutcome> run, LocalMigration migration) {
    try {
      run.complete(migration.run());
    } catch (InterruptedException | RuntimeException e) {
      run.completeExceptionally(e);
    }
  }

  private void pass(Duration span, CompletableFuture<RunOutcome> run) throws Exception {
    if (run.isCompletedExceptionally()) {
      run.get();
    }
    clock.forward(span);
    Thread.sleep(20);
  }

  private static int limitsAsked(LocalMigration migration) {
    List<RequestEntry> requests = migration.org().log().requests();
    return (int) requests.stream().filter(r -> r.action().equals("limits")).count();
  }
}
