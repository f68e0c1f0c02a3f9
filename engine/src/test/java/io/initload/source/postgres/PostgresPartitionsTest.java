package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a partitioned table is cut: small leaves as a whole, large ones by their blocks. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresPartitionsTest {
  private static final SourceName P = new SourceName("", "p");

  private final PostgresServer.Database tables;

  PostgresPartitionsTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE p (id int, s text) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (20001)",
        "CREATE TABLE p2 PARTITION OF p FOR VALUES FROM (20001) TO (20101)",
        "CREATE TABLE p3 PARTITION OF p DEFAULT PARTITION BY LIST (id)",
        "CREATE TABLE p4 PARTITION OF p3 DEFAULT",
        // What was a table of its own before has its columns in an order of its own.
        "CREATE TABLE p5 (s text, gone int, id int)",
        "ALTER TABLE p5 DROP COLUMN gone",
        "ALTER TABLE p5 SET (autovacuum_enabled = off)",
        "ALTER TABLE p ATTACH PARTITION p5 FOR VALUES FROM (30001) TO (40001)",
        "ALTER TABLE p1 SET (autovacuum_enabled = off)",
        "ALTER TABLE p4 SET (autovacuum_enabled = off)");
  }

  @Test
  void eachRowIsReadOnceWhateverTheStatisticsSay() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    List<List<String>> histories =
        List.of(
            List.of(fill("1, 50000")),
            List.of(fill("1, 50000"), "ANALYZE p"),
            List.of(fill("1, 50"), "ANALYZE p", fill("51, 50000")),
            List.of(fill("1, 50000"), "ANALYZE p", "DELETE FROM p WHERE id % 3 = 0"),
            List.of(fill("1, 50000"), "ANALYZE p1", "VACUUM p5"));
    for (List<String> history : histories) {
      tables.run("TRUNCATE p");
      tables.run(history.toArray(String[]::new));
      int rows = Integer.parseInt(tables.single("SELECT count(*) FROM p"));
      int target = random.nextInt(500, 3000);
      try (SourceDatabase database = SourceDatabase.open(tables.config())) {
        Snapshot snapshot = database.snapshot();
        ChunkPlan plan = database.plan(H2Tables.table("p", Strategy.AUTO, target, "id"), snapshot);
        String as = "seed %d, %s, chunks of %d: %s".formatted(seed, history, target, plan);
        assertThat(plan.strategy()).as(as).isEqualTo(Strategy.PARTITION);
        assertThat(plan.reason()).as(as).contains("4 partitions, 3 of them cut by blocks");
        assertThat(plan.chunks()).as(as).hasSizeBetween(7, 200);
        assertThat(plan.chunks().stream().mapToLong(PlannedChunk::rows).sum())
            .as(as)
            .isBetween(rows - 4L, rows + 4L);
        assertThat(read(database, snapshot, plan))
            .as(as)
            .hasSize(rows)
            .doesNotHaveDuplicates()
            .allMatch(row -> row.matches("([0-9]+)\\|s\\1x*"));
      }
    }
  }

  @Test
  void noRewriteCanMoveTheRowsOfALeafUnderThePlan() throws SQLException {
    tables.run(fill("1, 50000"));
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("p", Strategy.AUTO, 3000, "id"), snapshot);
      try (Connection other = tables.connect();
          Statement statement = other.createStatement()) {
        statement.execute("SET lock_timeout = 200");
        for (String rewrite : List.of("TRUNCATE p1", "VACUUM FULL p4", "DROP TABLE p5")) {
          assertThatThrownBy(() -> statement.execute(rewrite)).hasMessageContaining("lock timeout");
        }
        statement.execute("DELETE FROM p");
        statement.execute("VACUUM p");
      }
      assertThat(read(database, snapshot, plan)).hasSize(50_000).doesNotHaveDuplicates();
    }
  }

  @Test
  void whoMayReadTheTableAloneReadsItByKeysAndIsTold() {
    tables.run(
        fill("1, 50000"),
        "CREATE ROLE narrow LOGIN PASSWORD 'narrow'",
        "GRANT SELECT ON p, p1, p2, p5 TO narrow");
    SourceConfig own = tables.config();
    SourceConfig narrow = SourceConfigs.like(own).login("narrow", "narrow").build();
    try (SourceDatabase database = SourceDatabase.open(narrow)) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("p", Strategy.AUTO, 3000, "id"), snapshot);
      assertThat(plan.strategy()).isEqualTo(Strategy.ROWNUM);
      assertThat(plan.reason()).contains("this user may not SELECT from public.p4 by itself");
      assertThat(read(database, snapshot, plan)).hasSize(50_000).doesNotHaveDuplicates();
    } finally {
      tables.run("DROP OWNED BY narrow", "DROP ROLE narrow");
    }
  }

  private static String fill(String from) {
    return "INSERT INTO p SELECT i, 's' || i || repeat('x', i %% 100) FROM generate_series(%s) i"
        .formatted(from);
  }

  private static List<String> read(SourceDatabase database, Snapshot snapshot, ChunkPlan plan) {
    List<String> all = new ArrayList<>();
    for (PlannedChunk chunk : plan.chunks()) {
      List<List<String>> rows =
          SourceRows.rows(
              database.read(
                  P,
                  chunk.bounds(),
                  snapshot,
                  List.of(
                      new ColumnRead("id", Rendering.TEXT), new ColumnRead("s", Rendering.TEXT)),
                  ZoneOffset.UTC,
                  "test"),
              2);
      assertThat(database.count(P, chunk.bounds(), snapshot)).isEqualTo(rows.size());
      rows.forEach(row -> all.add(String.join("|", row)));
    }
    return all;
  }
}
