package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What extraction yields while others write, and while sessions, sockets and servers misbehave. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ExtractionUnderFireTest {
  private static final SourceName T = new SourceName("", "t");
  private static final List<ColumnRead> READS =
      List.of(
          new ColumnRead("id", Rendering.TEXT),
          new ColumnRead("v", Rendering.NUMBER),
          new ColumnRead("s", Rendering.TEXT));

  private final PostgresServer.Database tables;

  ExtractionUnderFireTest(PostgresServer server) {
    this.tables = server.database();
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY, v int, s text)",
        "INSERT INTO t SELECT i, 0, repeat('x', i % 200) FROM generate_series(1, 40000) i");
  }

  @Test
  void theUnionOfAllChunksIsTheSnapshotWhateverOthersWrite() throws Exception {
    unionIsTheSnapshot(List.of(Strategy.ROWID, Strategy.KEY, Strategy.ROWNUM));
  }

  @Test
  void theUnionOfAllChunksIsTheSnapshotWhileRowsMoveBetweenPartitions() throws Exception {
    tables.run(
        "ALTER TABLE t RENAME TO old",
        "ALTER INDEX t_pkey RENAME TO old_pkey",
        "CREATE TABLE t (id int PRIMARY KEY, v int, s text) PARTITION BY RANGE (id)",
        // Negative numbers come by updates; the default takes 30,000 and more.
        "CREATE TABLE below PARTITION OF t FOR VALUES FROM (MINVALUE) TO (1)",
        "CREATE TABLE \"Large, one\" PARTITION OF t FOR VALUES FROM (1) TO (20000)",
        "CREATE TABLE mid PARTITION OF t FOR VALUES FROM (20000) TO (30000) PARTITION BY HASH (id)",
        "CREATE TABLE mid0 PARTITION OF mid FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE mid1 PARTITION OF mid FOR VALUES WITH (MODULUS 2, REMAINDER 1)"
            + " PARTITION BY RANGE (id)",
        "CREATE TABLE mid1low PARTITION OF mid1 FOR VALUES FROM (MINVALUE) TO (25000)",
        "CREATE TABLE mid1rest PARTITION OF mid1 DEFAULT",
        "CREATE TABLE never PARTITION OF t FOR VALUES FROM (90000) TO (95000)",
        "CREATE TABLE leafless PARTITION OF t FOR VALUES FROM (95000) TO (99000)"
            + " PARTITION BY HASH (id)",
        "CREATE TABLE rest PARTITION OF t DEFAULT",
        "INSERT INTO t SELECT * FROM old");
    List<ChunkPlan> plans =
        unionIsTheSnapshot(List.of(Strategy.PARTITION, Strategy.AUTO, Strategy.KEY));
    for (ChunkPlan plan : plans.subList(0, 2)) {
      assertThat(plan.strategy()).isEqualTo(Strategy.PARTITION);
      assertThat(plan.reason()).contains("7 partitions");
      assertThat(plan.chunks())
          .extracting(PlannedChunk::bounds)
          .contains(new ChunkBounds.Partition("public.never", false))
          .filteredOn(ChunkBounds.RowidRange.class::isInstance)
          .extracting(bounds -> ((ChunkBounds.RowidRange) bounds).partition())
          .contains("public.\"Large, one\"", "public.rest", "public.mid0");
    }
  }

  private List<ChunkPlan> unionIsTheSnapshot(List<Strategy> strategies) throws Exception {
    List<ChunkPlan> plans = new ArrayList<>();
    long seed = System.nanoTime();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong written = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(5);
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<Future<?>> writers = new ArrayList<>();
      for (int w = 0; w < 2; w++) {
        SplittableRandom random = new SplittableRandom(seed + w);
        int parity = w;
        writers.add(threads.submit(() -> write(random, parity, stop, written)));
      }
      awaitMore(writers, written, 20);
      Snapshot snapshot = database.snapshot();
      // The truth: the whole table in one statement at the snapshot.
      List<String> truth = chunk(database, snapshot, new ChunkBounds.Whole());
      for (Strategy strategy : strategies) {
        awaitMore(writers, written, 20);
        ChunkPlan plan = database.plan(H2Tables.table("t", strategy, 3000, "id"), snapshot);
        assertThat(plan.chunks()).hasSizeGreaterThan(5);
        List<Callable<List<String>>> work = new ArrayList<>();
        for (PlannedChunk chunk : plan.chunks()) {
          work.add(
              () -> {
                awaitMore(writers, written, 3);
                return chunk(database, snapshot, chunk.bounds());
              });
        }
        List<String> union = new ArrayList<>();
        for (Future<List<String>> future : threads.invokeAll(work)) {
          union.addAll(future.get());
        }
        assertThat(union)
            .as("seed %d, %s", seed, strategy)
            .containsExactlyInAnyOrderElementsOf(truth);
        assertThat(plan.rows()).isEqualTo(truth.size());
        plans.add(plan);
      }
      stop.set(true);
      for (Future<?> writer : writers) {
        writer.get();
      }
      assertThat(tables.single("SELECT count(*) FROM t WHERE v > 0")).isNotEqualTo("0");
      return plans;
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  void noRewriteCanMoveTheRowsUnderThePlan() throws SQLException {
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("t", Strategy.ROWID, 3000, "id"), snapshot);
      try (Connection other = tables.connect();
          Statement statement = other.createStatement()) {
        statement.execute("SET lock_timeout = 200");
        for (String rewrite : List.of("TRUNCATE t", "VACUUM FULL t", "DROP TABLE t")) {
          assertThatThrownBy(() -> statement.execute(rewrite)).hasMessageContaining("lock timeout");
        }
        statement.execute("DELETE FROM t");
        statement.execute("VACUUM t");
      }
      long rows =
          plan.chunks().stream().mapToLong(c -> chunk(database, snapshot, c.bounds()).size()).sum();
      assertThat(rows).isEqualTo(40_000);
    }
  }

  @Test
  void aKilledSessionIsReadAgainAtTheSameSnapshotInTheSameOrder() {
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      List<String> whole = chunk(database, snapshot, new ChunkBounds.Whole());
      tables.run("UPDATE t SET v = 1", "DELETE FROM t WHERE id % 3 = 0");
      assertThatThrownBy(
              () -> {
                try (RowCursor cursor = open(database, snapshot)) {
                  cursor.next();
                  tables.run(
                      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE"
                          + " 'COPY%' AND datname = current_database()");
                  while (cursor.next()) {
                    // Reads on what is in the buffers.
                  }
                }
              })
          .isInstanceOfSatisfying(
              SourceFailure.class,
              f -> {
                assertThat(f.action()).isEqualTo(SourceFailure.Action.READ_AGAIN);
                assertThat(f.code()).isEqualTo("SOURCE_READ");
              });
      assertThat(chunk(database, snapshot, new ChunkBounds.Whole())).isEqualTo(whole);
    }
  }

  @Test
  void aCutSocketIsReadAgain() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(tables.port());
        SourceDatabase database = SourceDatabase.open(tables.config(proxied(proxy, "")))) {
      Snapshot snapshot = database.snapshot();
      long count = database.count(T, new ChunkBounds.Whole(), snapshot);
      proxy.cutAfter(100_000);
      assertThatThrownBy(() -> chunk(database, snapshot, new ChunkBounds.Whole()))
          .isInstanceOfSatisfying(
              SourceFailure.class,
              f -> assertThat(f.action()).isEqualTo(SourceFailure.Action.READ_AGAIN));
      proxy.heal();
      assertThat(chunk(database, snapshot, new ChunkBounds.Whole())).hasSize((int) count);
    }
  }

  @Test
  void aStalledSocketEndsAtTheReadTimeout() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(tables.port());
        SourceDatabase database =
            SourceDatabase.open(tables.config(proxied(proxy, "?socketTimeout=1")))) {
      Snapshot snapshot = database.snapshot();
      proxy.stallAfter(100_000);
      assertThatThrownBy(() -> chunk(database, snapshot, new ChunkBounds.Whole()))
          .isInstanceOfSatisfying(
              SourceFailure.class,
              f -> assertThat(f.action()).isEqualTo(SourceFailure.Action.READ_AGAIN));
      proxy.heal();
      assertThat(chunk(database, snapshot, new ChunkBounds.Whole())).hasSize(40_000);
    }
  }

  private String proxied(FaultyProxy proxy, String parameters) {
    return "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + tables.name() + parameters;
  }

  private static RowCursor open(SourceDatabase database, Snapshot snapshot) {
    return database.read(T, new ChunkBounds.Whole(), snapshot, READS, ZoneOffset.UTC, "test");
  }

  private static List<String> chunk(
      SourceDatabase database, Snapshot snapshot, ChunkBounds bounds) {
    List<String> rows = new ArrayList<>();
    SourceRows.rows(database.read(T, bounds, snapshot, READS, ZoneOffset.UTC, "test"), READS.size())
        .forEach(row -> rows.add(String.join("|", row)));
    return rows;
  }

  private void write(SplittableRandom random, int parity, AtomicBoolean stop, AtomicLong written) {
    try (Connection connection = tables.connect();
        Statement statement = connection.createStatement()) {
      while (!stop.get()) {
        // Each writer has rows of its own, so that none waits for another.
        int id = 2 * random.nextInt(1, 22_000) + parity;
        statement.execute(
            switch (random.nextInt(4)) {
              case 0 -> "DELETE FROM t WHERE id IN (%d, %d, %d)".formatted(id, id + 2, id + 40);
              case 1 ->
                  "INSERT INTO t SELECT i, 9, repeat('y', i %% 90) FROM generate_series(%d, %d, 2) i ON CONFLICT DO NOTHING"
                      .formatted(id, id + 30);
              case 2 ->
                  "UPDATE t SET v = v + 1, s = s || 'z' WHERE id IN (%d, %d, %d)"
                      .formatted(id, id + 2, id + 60);
              default ->
                  "UPDATE t SET id = -id WHERE id = %d AND NOT EXISTS (SELECT 1 FROM t WHERE id = %d)"
                      .formatted(id, -id);
            });
        written.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitMore(List<Future<?>> writers, AtomicLong counter, int more)
      throws InterruptedException {
    long until = counter.get() + more;
    while (counter.get() < until) {
      assertThat(writers).noneMatch(Future::isDone);
      Thread.sleep(1);
    }
  }
}
