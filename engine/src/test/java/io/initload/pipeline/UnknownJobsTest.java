package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.BorrowedClock;
import io.initload.source.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of the same user, for the same object, that the ledger does not know. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class UnknownJobsTest {
  private static final int ROWS = 30;
  private static final String ROW = "External_ID__c,Name\nother,Somebody else's\n";
  private static final Duration LATER = Duration.ofMinutes(10);

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final MovedClock clock = new MovedClock();

  UnknownJobsTest(PostgresServer server) {
    tables = server.database();
  }

  @BeforeEach
  void fill() {
    tables.run(
        "CREATE TABLE one (id int PRIMARY KEY, name text)",
        "CREATE TABLE two (id int PRIMARY KEY, name text)",
        "INSERT INTO one SELECT i, 'Name' FROM generate_series(1, %d) i".formatted(ROWS),
        "INSERT INTO two SELECT 1000 + i, 'Name' FROM generate_series(1, %d) i".formatted(ROWS));
  }

  @Test
  void whoLoadedBesideUsAllAlongStopsNothing() throws Exception {
    try (LocalMigration migration = migration()) {
      OtherClient other = new OtherClient(migration.org());
      AtomicBoolean first = new AtomicBoolean(true);
      migration.checkpoint(
          label -> {
            if (label.equals("load.submitted") && first.compareAndSet(true, false)) {
              clock.forward(LATER);
              load(other);
              clock.forward(LATER);
            }
          });
      migration.run();
      clock.forward(LATER);
      load(other);
      assertThat(migration.run().unfinished()).isEmpty();
    }
  }

  @Test
  void jobsAfterAllThatIsKnownAreTakenForOurs() throws Exception {
    try (LocalMigration migration = migration()) {
      migration.run(only("one"));
      clock.forward(LATER);
      load(new OtherClient(migration.org()));
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("LEDGER_OLDER"));
    }
  }

  private static void load(OtherClient other) {
    try {
      other.upsertAccounts(ROW);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private LocalMigration migration() {
    return new LocalMigration(
            OrgOptions.defaults().clock(new BorrowedClock(clock)),
            directory,
            tables.config(),
            LocalMigration.table("one", ROWS),
            LocalMigration.table("two", ROWS))
        .uploads(1)
        .clock(clock);
  }

  private static RunOptions only(String table) {
    return new RunOptions(Set.of(table), Set.of(), RunOptions.WhenExhausted.WAIT);
  }
}
