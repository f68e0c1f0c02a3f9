package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.TryLater;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.TableBooks;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.RunOptions;
import io.initload.pipeline.work.RunOptions.WhenExhausted;
import io.initload.retry.Sleeper;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A source that is read from two to three hours on, an org that is written from five to six. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class OutOfHoursTest {
  private static final RunOptions STOP = new RunOptions(Set.of(), Set.of(), WhenExhausted.STOP);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm").withZone(ZoneOffset.UTC);
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();
  private final Instant start = clock.instant().truncatedTo(ChronoUnit.MINUTES);
  private final List<Instant> read = new CopyOnWriteArrayList<>();
  private final List<Instant> staged = new CopyOnWriteArrayList<>();
  private final List<Instant> reserved = new CopyOnWriteArrayList<>();
  private final List<Instant> submitted = new CopyOnWriteArrayList<>();

  OutOfHoursTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE a (id int PRIMARY KEY, name text)",
        "CREATE TABLE b (id int PRIMARY KEY, name text)",
        "INSERT INTO a SELECT i, 'row' FROM generate_series(1, 100) i",
        "INSERT INTO b SELECT 100 + i, 'row' FROM generate_series(1, 100) i");
  }

  /**
   * The hour is over when the first of two tables is read: the other one waits for the next day.
   */
  @Test
  void whatIsBegunWithinTheHoursEndsAndTheRestWaits() throws Exception {
    try (LocalMigration migration = migration().checkpoint(this::reached)) {
      CompletableFuture<RunOutcome> run = new CompletableFuture<>();
      Thread thread = new Thread(() -> complete(run, migration, RunOptions.all()), "run");
      thread.start();
      at(HOUR.multipliedBy(2).plusMinutes(1));
      until(run, () -> staged.size() == 1);
      at(HOUR.multipliedBy(5).plusMinutes(1));
      until(run, () -> submitted.size() == 1);
      at(HOUR.multipliedBy(26).plusMinutes(1));
      until(run, () -> staged.size() == 2);
      at(HOUR.multipliedBy(29).plusMinutes(1));
      until(run, run::isDone);
      thread.join();
      assertThat(run.get().failures()).isEmpty();
      assertThat(run.get().books().values()).allMatch(TableBooks::closed);
      assertThat(migration.loaded("Name")).hasSize(200);
    }
    assertThat(read).hasSize(2);
    assertThat(reserved).hasSize(2);
    for (int day = 0; day < 2; day++) {
      Instant midnight = start.plus(Duration.ofDays(day));
      assertThat(read.get(day))
          .isBetween(midnight.plus(HOUR.multipliedBy(2)), midnight.plus(HOUR.multipliedBy(3)));
      assertThat(reserved.get(day))
          .isBetween(midnight.plus(HOUR.multipliedBy(5)), midnight.plus(HOUR.multipliedBy(6)));
    }
  }

  /** Of two windows that never meet, a run that stops at one would never come to the other. */
  @Test
  void aRunThatIsToldToStopForAllowancesWaitsForHours() throws Exception {
    try (LocalMigration migration = migration().checkpoint(this::reached)) {
      CompletableFuture<RunOutcome> run = new CompletableFuture<>();
      Thread thread = new Thread(() -> complete(run, migration, STOP), "run");
      thread.start();
      for (int day = 0; day < 2; day++) {
        int tables = day + 1;
        at(HOUR.multipliedBy(24 * day + 2).plusMinutes(1));
        until(run, () -> staged.size() == tables);
        at(HOUR.multipliedBy(24 * day + 5).plusMinutes(1));
        until(run, () -> submitted.size() == tables);
      }
      until(run, run::isDone);
      thread.join();
      assertThat(run.get().failures()).isEmpty();
      assertThat(migration.loaded("Name")).hasSize(200);
    }
  }

  @Test
  void aStepOfAnOrchestratorEndsWithTheTimeAtWhichToGoOn() throws Exception {
    try (LocalMigration migration = migration()) {
      TryLater planning = catchThrowableOfType(TryLater.class, () -> plan(migration));
      assertThat(planning.code()).isEqualTo("OUT_OF_HOURS");
      assertThat(planning).hasMessageContaining("source.hours");
      assertThat(planning.at()).isEqualTo(start.plus(HOUR.multipliedBy(2)));
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.migrations().begun()).as("a snapshot, before it is read").isEmpty();
      }
      at(HOUR.multipliedBy(2).plusMinutes(1));
      plan(migration);

      TryLater loading = catchThrowableOfType(TryLater.class, () -> move(migration, "a"));
      assertThat(loading).hasMessageContaining("target.hours");
      assertThat(loading.at()).isEqualTo(start.plus(HOUR.multipliedBy(5)));
      at(HOUR.multipliedBy(5).plusMinutes(1));
      move(migration, "a");
      TryLater reading = catchThrowableOfType(TryLater.class, () -> move(migration, "b"));
      assertThat(reading).hasMessageContaining("source.hours");
      assertThat(reading.at()).isEqualTo(start.plus(HOUR.multipliedBy(26)));
      assertThat(migration.loaded("Name")).hasSize(100);
    }
  }

  @Test
  void aStopWhileItWaitsTakesNoSnapshot() throws Exception {
    try (LocalMigration migration = migration();
        LocalMigration.Opened opened = migration.opened()) {
      Sleeper stopping = duration -> opened.bench.stop().request();
      RunOutcome outcome =
          new MigrationRun(opened.bench, stopping, new Random(1), RunOptions.all())
              .run(opened.prepared());
      assertThat(outcome.stopped()).isTrue();
      assertThat(opened.bench.ledger().migrations().begun()).isEmpty();
    }
  }

  private static void plan(LocalMigration migration) throws InterruptedException {
    try (LocalMigration.Opened opened = migration.opened()) {
      new MigrationRun(opened.bench, Sleeper.system(), new Random(1), RunOptions.all())
          .plan(opened.prepared());
    }
  }

  /** The only chunk of a table: read, and sent to the org. */
  private static void move(LocalMigration migration, String table) throws InterruptedException {
    try (LocalMigration.Opened opened = migration.opened()) {
      Prepared prepared =
          opened.prepared().tables().stream().filter(t -> t.name().equals(table)).findAny().get();
      new ChunkRun(opened.bench, Sleeper.system(), new Random(1)).move(prepared, 1);
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table("a", 100),
            LocalMigration.table("b", 100))
        .sessions(1)
        .clock(clock)
        .hours(window(2), window(5));
  }

  /** An hour that begins so many hours from the start. */
  private String window(int hours) {
    Instant from = start.plus(HOUR.multipliedBy(hours));
    return TIME.format(from) + "-" + TIME.format(from.plus(HOUR)) + " UTC";
  }

  private void reached(String label) {
    switch (label) {
      case "extract.claimed" -> read.add(clock.instant());
      case "extract.staged" -> {
        clock.forward(HOUR.plusMinutes(30));
        staged.add(clock.instant());
      }
      case "load.reserved" -> reserved.add(clock.instant());
      case "load.submitted" -> submitted.add(clock.instant());
      default -> {}
    }
  }

  /** Puts the clock forward to so long after the start. */
  private void at(Duration later) {
    clock.forward(Duration.between(clock.instant(), start.plus(later)));
  }

  private static void until(CompletableFuture<RunOutcome> run, BooleanSupplier done)
      throws Exception {
    while (!done.getAsBoolean()) {
      if (run.isDone()) {
        run.get();
        return;
      }
      Thread.sleep(20);
    }
  }

  private static void complete(
      CompletableFuture<RunOutcome> run, LocalMigration migration, RunOptions options) {
    try {
      run.complete(migration.run(options));
    } catch (InterruptedException | RuntimeException e) {
      run.completeExceptionally(e);
    }
  }
}
