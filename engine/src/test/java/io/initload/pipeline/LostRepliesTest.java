package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.pipeline.work.Checkpoint;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.RequestHook;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Calls that are never repeated blindly, whose replies get lost. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class LostRepliesTest {
  private static final int ROWS = 1_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final Clock clock = new QuickClock();
  private final List<Instant> creates = Collections.synchronizedList(new ArrayList<>());

  LostRepliesTest(PostgresServer server) {
    tables = server.database();
  }

  @BeforeEach
  void fill() {
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers SELECT i, 'Name ' || i FROM generate_series(1, %d) i"
            .formatted(ROWS));
  }

  @Test
  void aNetworkThatSwallowsUploadsIsAskedForFewJobs() throws Exception {
    try (LocalMigration migration = migration().clock(clock)) {
      migration.org().faults(FaultPlan.on("ingest.upload", 3, new Fault.UploadReset(10)));
      complete(migration.run());

      assertThat(creates).hasSize(3 + 1);
      for (int i = 1; i < creates.size(); i++) {
        assertThat(Duration.between(creates.get(i - 1), creates.get(i)))
            .as("the wait after %d uploads were lost, half of it by chance", i)
            .isGreaterThanOrEqualTo(Duration.ofMillis(500L << (i - 1)));
      }
    }
  }

  @Test
  void theWaitIsTheOneTheOrgAsksFor() throws Exception {
    try (LocalMigration migration = migration().clock(clock)) {
      Fault busy =
          new Fault.Answered(
              503, "text/html", "busy", Map.of("Retry-After", "300"), Fault.Moment.BEFORE_COMMIT);
      migration.org().faults(FaultPlan.on("ingest.create", 1, busy));
      complete(migration.run());

      assertThat(creates).hasSize(2);
      assertThat(Duration.between(creates.get(0), creates.get(1)))
          .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }
  }

  /** It was told to go, and the process died before it could write that down. */
  @Test
  void whatAJobHadLoadedWhenSomebodyAbortedItIsBookedAsItsOwn() throws Exception {
    try (LocalMigration migration = migration()) {
      migration
          .org()
          .faults(FaultPlan.on("job", 1, new Fault.JobStalled(Duration.ofHours(1), 400)));
      migration.checkpoint(
          label -> {
            if (label.equals("load.submit-sent")) {
              throw new SimulatedCrash(label);
            }
          });
      assertThatThrownBy(migration::run).hasCauseInstanceOf(SimulatedCrash.class);
      while (migration.org().records("Account").count() < 400) {
        Thread.sleep(5);
      }
      new OtherClient(migration.org()).abort(migration.org().jobs().get(0).id());
      migration.checkpoint(Checkpoint.NONE);

      RunOutcome outcome = migration.run();
      complete(outcome);
      assertThat(outcome.books().get("customers").created()).isEqualTo(ROWS);
    }
  }

  private LocalMigration migration() {
    LocalMigration migration =
        new LocalMigration(directory, tables.config(), LocalMigration.table("customers", ROWS));
    migration
        .org()
        .hooks()
        .add(
            (point, request, bytes) -> {
              if (point == RequestHook.Point.START && request.action().equals("ingest.create")) {
                creates.add(clock.instant());
              }
              return Effect.NONE;
            });
    return migration;
  }

  private static void complete(RunOutcome outcome) {
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").closed()).isTrue();
  }

  /** A hundred times as fast as the machine's. */
  private static final class QuickClock extends Clock {
    private static final int TIMES = 100;

    private final Instant start = Clock.systemUTC().instant();

    @Override
    public Instant instant() {
      Duration passed = Duration.between(start, Clock.systemUTC().instant());
      return start.plus(passed.multipliedBy(TIMES));
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
