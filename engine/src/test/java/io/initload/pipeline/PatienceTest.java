package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server's work has no deadline of ours. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PatienceTest {
  private static final int ROWS = 1_000;
  private static final Duration STALL = Duration.ofDays(2);

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();

  PatienceTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void aJobThatTakesDaysIsWaitedFor() throws Exception {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name' FROM generate_series(1, %d) i".formatted(ROWS));
    Instant start = clock.instant();
    try (LocalMigration migration =
        new LocalMigration(
                OrgOptions.defaults().clock(new BorrowedClock(clock)),
                directory,
                tables.config(),
                LocalMigration.table("customers", ROWS))
            .clock(clock)) {
      migration.org().faults(FaultPlan.on("job", 1, new Fault.JobStalled(STALL, 400)));
      CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> run(migration));
      passTime(migration, run);
      assertThat(run.join().failures()).isEmpty();
      assertThat(run.join().books().get("customers").created()).isEqualTo(ROWS);
      assertThat(migration.org().jobs()).as("one job, never given up").hasSize(1);
      assertThat(Duration.between(start, clock.instant())).isGreaterThan(STALL);
    }
  }

  /** An hour for each request, so that no session ends while nobody can use it. */
  private void passTime(LocalMigration migration, CompletableFuture<RunOutcome> run)
      throws InterruptedException {
    int requests = 0;
    while (!run.isDone()) {
      int now = migration.org().log().requests().size();
      if (now > requests) {
        clock.forward(Duration.ofHours(1));
        requests = now;
      }
      Thread.sleep(1);
    }
  }

  private static RunOutcome run(LocalMigration migration) {
    try {
      return migration.run();
    } catch (InterruptedException e) {
      throw new CompletionException(e);
    }
  }
}
