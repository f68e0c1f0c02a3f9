package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.pipeline.extract.ReadingPace;
import io.initload.pipeline.work.Checkpoint;
import io.initload.source.DbaStatements;
import io.initload.source.FaultyProxy;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A whole run against a server whose sessions and sockets end in the middle of a chunk. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class SourceFaultsTest {
  private static final int ROWS = 12_000;
  private static final long ABOUT_ONE_CHUNK = 2_000_000;

  @TempDir Path directory;

  private final PostgresServer.Database tables;
  private final AtomicInteger troubles = new AtomicInteger();

  SourceFaultsTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, notes text)",
        "INSERT INTO customers SELECT i, 'Name ' || i, repeat(md5(i::text), 30)"
            + " FROM generate_series(1, %d) i".formatted(ROWS));
  }

  @Test
  void aKilledSessionCostsOneMoreReading() throws Exception {
    tables.run(
        "ALTER TABLE customers RENAME TO kept",
        "CREATE FUNCTION held() RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM pg_advisory_xact_lock_shared(1555); RETURN 'held'; END $$",
        "CREATE VIEW customers AS SELECT id, name, CASE WHEN id = 500 THEN held() ELSE notes END"
            + " AS notes FROM kept");
    try (Connection dba = tables.connect();
        LocalMigration migration = migration(tables.config())) {
      Thread killer = new Thread(() -> killWhoWaits(dba));
      migration.checkpoint(
          once(
              "extract.claimed",
              () -> {
                lock(dba, "pg_advisory_lock");
                killer.start();
              }));
      complete(migration);
      killer.join();
    }
    assertThat(troubles.get()).isEqualTo(1);
  }

  /** Ends the session that waits in the middle of its rows, and lets the next one go on. */
  private void killWhoWaits(Connection dba) {
    try (PreparedStatement kill =
        dba.prepareStatement(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'COPY%'"
                + " AND wait_event_type = 'Lock' AND datname = current_database()")) {
      boolean killed = false;
      while (!killed) {
        try (ResultSet one = kill.executeQuery()) {
          killed = one.next();
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    lock(dba, "pg_advisory_unlock");
  }

  @Test
  void aCutSocketCostsOneMoreReading() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(tables.port());
        LocalMigration migration = migration(through(proxy, ""))) {
      migration.sleeper(
          duration -> {
            troubles.incrementAndGet();
            proxy.heal();
          });
      migration.checkpoint(once("extract.claimed", () -> proxy.cutAfter(500_000)));
      complete(migration);
    }
    assertThat(troubles.get()).isPositive();
  }

  @Test
  void aSilentSocketEndsAtItsTimeoutAndCostsOneMoreReading() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(tables.port());
        LocalMigration migration = migration(through(proxy, "?socketTimeout=1"))) {
      migration.sleeper(
          duration -> {
            troubles.incrementAndGet();
            proxy.heal();
          });
      migration.checkpoint(once("extract.claimed", () -> proxy.stallAfter(500_000)));
      complete(migration);
    }
    assertThat(troubles.get()).isPositive();
  }

  @Test
  void aChunkThatBreaksOffTimeAndAgainStopsItsTableAndTheNextRunGoesOn() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (FaultyProxy proxy = FaultyProxy.to(tables.port());
        LocalMigration migration = migration(through(proxy, ""))) {
      migration.sessions(1);
      migration.checkpoint(
          label -> {
            if (label.equals("extract.claimed") && broken.get()) {
              proxy.cutAfter(ABOUT_ONE_CHUNK / 4);
            }
          });
      migration.sleeper(duration -> troubles.incrementAndGet());
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).hasSize(1);
      Failure failure = outcome.failures().get(0);
      assertThat(failure.code()).isEqualTo("SOURCE_CHUNK");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
      assertThat(failure).hasMessageContaining("customers-00001").hasMessageContaining("5 times");
      assertThat(troubles.get()).isEqualTo(ReadingPace.BROKEN_MAX - 1);
      broken.set(false);
      proxy.heal();
      complete(migration);
    }
  }

  /** As long as somebody holds the lock, the undo of a row is gone. */
  private void undoIsGoneWhileLocked() {
    tables.run(
        "ALTER TABLE customers RENAME TO kept",
        "CREATE FUNCTION gone() RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
            + " RAISE EXCEPTION 'snapshot too old' USING ERRCODE = '72000'; END $$",
        "CREATE VIEW customers AS SELECT id, name, CASE WHEN id = 500 AND EXISTS (SELECT 1 FROM"
            + " pg_locks WHERE locktype = 'advisory' AND objid = 1555) THEN gone() ELSE notes END"
            + " AS notes FROM kept");
  }

  @Test
  void undoThatIsGoneForAMomentCostsOneMoreReading() throws Exception {
    undoIsGoneWhileLocked();
    try (Connection undo = tables.connect();
        LocalMigration migration = migration(tables.config())) {
      migration.checkpoint(once("extract.claimed", () -> lock(undo, "pg_advisory_lock")));
      migration.sleeper(
          duration -> {
            troubles.incrementAndGet();
            lock(undo, "pg_advisory_unlock");
          });
      complete(migration);
    }
    assertThat(troubles.get()).isEqualTo(1);
  }

  @Test
  void undoThatStaysGoneStopsTheTableAfterOneMoreReading() throws Exception {
    undoIsGoneWhileLocked();
    try (Connection undo = tables.connect();
        LocalMigration migration = migration(tables.config())) {
      migration.checkpoint(once("extract.claimed", () -> lock(undo, "pg_advisory_lock")));
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.code()).isEqualTo("SOURCE_SNAPSHOT_TOO_OLD"));
    }
    assertThat(troubles.get()).isEqualTo(1);
  }

  private static void lock(Connection connection, String function) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT " + function + "(1555)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aServerWithoutRoomIsReadByFewerSessions() throws Exception {
    // One session holds the snapshot; two remain for four readers.
    tables.run(
        "CREATE ROLE narrow%s LOGIN PASSWORD 'n' CONNECTION LIMIT 3".formatted(tables.name()),
        "GRANT SELECT ON customers TO narrow" + tables.name());
    SourceConfig config = tables.config();
    try (LocalMigration migration =
        migration(SourceConfigs.like(config).login("narrow" + tables.name(), "n").build())) {
      complete(migration);
    }
    assertThat(troubles.get()).isPositive();
  }

  /** The plan's own statements, as a DBA would run them. */
  @Test
  void theDbaLetsInAndKeepsOut() throws Exception {
    String role = "closed" + tables.name();
    tables.run("CREATE ROLE %s LOGIN PASSWORD 'n'".formatted(role));
    SourceConfig config = tables.config();
    try (LocalMigration migration =
        migration(SourceConfigs.like(config).login(role, "n").sessions(2).build())) {
      assertThatThrownBy(migration::plan)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_PRIVILEGE"));
      DbaStatements access;
      try (SourceDatabase database = SourceDatabase.open(config)) {
        access = database.access(List.of(new SourceName("public", "customers")));
      }
      for (String grant : access.grants()) {
        tables.run(grant.replace("loader", role));
      }
      List<String> actions = new CopyOnWriteArrayList<>();
      migration.checkpoint(
          once(
              "extract.sealed",
              () -> {
                actions.add(
                    tables.single(
                        "SELECT string_agg(application_name, ' ') FROM pg_stat_activity WHERE"
                            + " usename = '%s'".formatted(role)));
                for (String end : access.end()) {
                  tables.run(end.replace("loader", role));
                }
              }));
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_LOGIN"));
      assertThat(actions).singleElement().satisfies(a -> assertThat(a).contains("initload"));
    }
  }

  private LocalMigration migration(SourceConfig source) {
    return new LocalMigration(
            directory, source, LocalMigration.table("customers", 2_000, "notes", "Description"))
        .sleeper(
            duration -> {
              troubles.incrementAndGet();
              Thread.sleep(5);
            });
  }

  private SourceConfig through(FaultyProxy proxy, String parameters) {
    return tables.config(
        "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + tables.name() + parameters);
  }

  private static Checkpoint once(String at, Runnable act) {
    AtomicBoolean done = new AtomicBoolean();
    return label -> {
      if (label.equals(at) && done.compareAndSet(false, true)) {
        act.run();
      }
    };
  }

  private void complete(LocalMigration migration) throws InterruptedException {
    RunOutcome outcome = migration.run();
    assertThat(outcome.failures()).isEmpty();
    assertThat(outcome.books().get("customers").closed()).isTrue();
    assertThat(migration.loaded("Name")).hasSize(ROWS).containsEntry("77", "Name 77");
  }
}
