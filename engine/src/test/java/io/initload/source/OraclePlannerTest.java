package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.plan.TablePlan;
import io.initload.source.OracleExtents.Extent;
import io.initload.source.OracleExtents.Range;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Planning on a stand-in: H2 with views and functions named like Oracle's. */
class OraclePlannerTest {
  @Test
  void extentsAreCutIntoEqualRangesThatCoverEachBlockOnce() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<Extent> extents = new ArrayList<>();
      long blocks = 0;
      long at = 128;
      for (int i = random.nextInt(0, 40); i > 0; i--) {
        long length = random.nextLong(1, 2000);
        extents.add(new Extent(70_000 + i / 20, 5, at, length));
        at += length + random.nextInt(3) * 64L;
        blocks += length;
      }
      extents.sort(
          (a, b) ->
              a.object() != b.object()
                  ? Long.compare(a.object(), b.object())
                  : Long.compare(a.block(), b.block()));
      long target = random.nextLong(1, 3000);
      List<Range> ranges = OracleExtents.cut(extents, target);
      String as = "seed %d: %s by %d".formatted(seed, extents, target);
      assertThat(ranges.stream().mapToLong(Range::blocks).sum()).as(as).isEqualTo(blocks);
      assertThat(ranges).as(as).allSatisfy(r -> assertThat(r.blocks()).isLessThanOrEqualTo(target));
      for (Extent extent : extents) {
        for (long block : new long[] {extent.block(), extent.block() + extent.blocks() - 1}) {
          long covering = ranges.stream().filter(r -> covers(r, extent.object(), block)).count();
          assertThat(covering).as(as).isEqualTo(1);
        }
      }
    }
  }

  private static boolean covers(Range range, long object, long block) {
    boolean above =
        object > range.low().object()
            || (object == range.low().object() && block >= range.low().block());
    boolean below =
        object < range.high().object()
            || (object == range.high().object() && block <= range.high().block());
    return above && below;
  }

  @Test
  void rowidRangesComeFromTheExtentsAndCoverTheTable() throws SQLException {
    try (H2Tables tables = standIn();
        SourceDatabase h2 = SourceDatabase.open(tables.config())) {
      tables.run(
          "CREATE VIEW DBA_OBJECTS AS SELECT 'PUBLIC' OWNER, 'T' OBJECT_NAME, NULL SUBOBJECT_NAME, 9"
              + " DATA_OBJECT_ID",
          "CREATE VIEW DBA_EXTENTS AS SELECT 'PUBLIC' OWNER, 'T' SEGMENT_NAME, NULL PARTITION_NAME,"
              + " 'TABLE' SEGMENT_TYPE, 4 RELATIVE_FNO, X * 100 BLOCK_ID, 100 BLOCKS FROM"
              + " SYSTEM_RANGE(0, 9)");
      TablePlan plan = plan(tables, h2, Strategy.AUTO);
      assertThat(plan.strategy()).isEqualTo(Strategy.ROWID);
      assertThat(plan.reason()).contains("1,000 blocks in 10 extents");
      assertThat(plan.chunks()).hasSize(5);
      assertThat(plan.chunks().get(0).bounds())
          .isEqualTo(
              new ChunkBounds.RowidRange("000009.0004.000000.00000", "000009.0004.000199.32767"));
      List<Long> counts = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        counts.add(count(tables, h2, chunk.bounds()));
      }
      assertThat(counts).containsExactly(2000L, 2000L, 2000L, 2000L, 2000L);
    }
  }

  @Test
  void withoutAnyExtentsARealTableIsNeverTakenForEmpty() {
    try (H2Tables tables = standIn();
        SourceDatabase h2 = SourceDatabase.open(tables.config())) {
      tables.run(
          "CREATE VIEW DBA_OBJECTS AS SELECT 'X' OWNER, 'X' OBJECT_NAME, NULL SUBOBJECT_NAME, 9"
              + " DATA_OBJECT_ID",
          "CREATE VIEW DBA_EXTENTS AS SELECT 'X' OWNER, 'X' SEGMENT_NAME, NULL PARTITION_NAME,"
              + " 'TABLE' SEGMENT_TYPE, 4 RELATIVE_FNO, 0 BLOCK_ID, 1 BLOCKS");
      // The next rung needs a block sample, which the stand-in has not: asking for it is the point.
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> plan(tables, h2, Strategy.AUTO))
          .hasMessageContaining("SAMPLE");
    }
  }

  @Test
  void tablesWithoutAddressesAreCutByKeys() throws SQLException {
    try (H2Tables tables = standIn();
        SourceDatabase h2 = SourceDatabase.open(tables.config())) {
      for (TableShape.Kind kind :
          List.of(TableShape.Kind.INDEX_ORGANIZED, TableShape.Kind.CLUSTER, TableShape.Kind.VIEW)) {
        TablePlan plan = plan(tables, h2, Strategy.AUTO, kind);
        assertThat(plan.strategy()).as("%s", kind).isEqualTo(Strategy.KEY);
        long sum = 0;
        for (PlannedChunk chunk : plan.chunks()) {
          sum += count(tables, h2, chunk.bounds());
        }
        assertThat(sum).isEqualTo(10_000);
      }
      assertThat(plan(tables, h2, Strategy.AUTO, TableShape.Kind.EXTERNAL).strategy())
          .isEqualTo(Strategy.WHOLE);
    }
  }

  private static H2Tables standIn() {
    H2Tables tables =
        new H2Tables(
            "CREATE TABLE T (ID NUMBER(10) PRIMARY KEY, ROWID CHAR(24))",
            // Ten rows to a block, a thousand blocks.
            "INSERT INTO T SELECT X, '000009.0004.' || LPAD(TO_CHAR((X - 1) / 10), 6, '0') || '.' ||"
                + " LPAD(TO_CHAR(MOD(X - 1, 10)), 5, '0') FROM SYSTEM_RANGE(1, 10000)",
            "CREATE SCHEMA DBMS_ROWID",
            "CREATE ALIAS CHARTOROWID AS 'String id(String s) { return s; }'",
            "CREATE ALIAS ROWIDTOCHAR AS 'String id(String s) { return s; }'",
            "CREATE ALIAS DBMS_ROWID.ROWID_CREATE AS 'String create(int t, long o, long f, long b,"
                + " long r) { return String.format(\"%06d.%04d.%06d.%05d\", o, f, b, r); }'");
    return tables;
  }

  private static TablePlan plan(H2Tables tables, SourceDatabase h2, Strategy strategy)
      throws SQLException {
    return plan(tables, h2, strategy, TableShape.Kind.HEAP);
  }

  private static TablePlan plan(
      H2Tables tables, SourceDatabase h2, Strategy strategy, TableShape.Kind kind)
      throws SQLException {
    return new OraclePlanner(
            new OracleSql(OracleSql.Flavour.ORACLE),
            new Dialect.Planning(
                tables.connection(),
                H2Tables.table("T", strategy, 2000, "ID"),
                shape(h2, kind),
                Snapshot.UNMARKED))
        .plan();
  }

  private static long count(H2Tables tables, SourceDatabase h2, ChunkBounds bounds)
      throws SQLException {
    return Statements.single(
        tables.connection(),
        new OracleSql(OracleSql.Flavour.ORACLE)
            .count(shape(h2, TableShape.Kind.HEAP), bounds, Snapshot.UNMARKED, 8));
  }

  private static TableShape shape(SourceDatabase h2, TableShape.Kind kind) {
    TableShape shape = h2.shape(new SourceName("", "T"));
    return new TableShape(shape.name(), kind, shape.columns(), shape.keys(), -1, 0);
  }
}
