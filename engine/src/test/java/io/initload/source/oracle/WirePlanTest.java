package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import io.initload.source.WireOracle;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Row addresses from the extents, by the real driver on the stand-in for Oracle. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WirePlanTest {
  private static final int ROWS = 6_000;

  private final WireOracle oracle;
  private final WireOracle.User user;

  WirePlanTest(WireOracle oracle) {
    this.oracle = oracle;
    this.user =
        oracle.user(
            "SELECT ON SYS.V_$DATABASE", "SELECT ON SYS.DBA_EXTENTS", "SELECT ON SYS.DBA_OBJECTS");
  }

  @BeforeEach
  void fill() {
    user.run(
        "CREATE TABLE t (id NUMBER(9) PRIMARY KEY, note VARCHAR2(20))",
        "INSERT INTO t SELECT LEVEL, 'note' FROM DUAL CONNECT BY LEVEL <= " + ROWS);
  }

  /** Its number is another, and rows do not carry it. */
  @Test
  void anIndexOfTheTablesNameAddsNothing() {
    user.run("CREATE INDEX t ON t (note)");
    String extents =
        oracle
            .postgres()
            .single(
                "SELECT sum(blocks) || ' blocks in ' || count(*) || ' extents' FROM ora.extents("
                    + "'\"%s\".\"T\"'::regclass::oid)".formatted(user.name()));
    ChunkPlan plan = readAll();
    assertThat(plan.reason()).isEqualTo("a heap table of " + extents);
    assertThat(plan.chunks()).hasSize(4);
  }

  /** As it may be with the large blocks of a bigfile tablespace. */
  @Test
  void addressesThatDoNotAscendAreNotUsed() throws Exception {
    oracle.set(
        "rowid_blocks",
        "256",
        () ->
            assertThat(readAll().reason())
                .isEqualTo(
                    "a heap table, cut by DBMS_PARALLEL_EXECUTE since the row addresses made of"
                        + " DBA_EXTENTS do not ascend"));
  }

  /** Plans, and finds each row in one chunk. */
  private ChunkPlan readAll() {
    try (SourceDatabase database = SourceDatabase.open(user.config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("T", Strategy.ROWID, 1_000, "ID"), snapshot);
      List<List<String>> ids = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        ids.addAll(
            SourceRows.rows(
                database.read(
                    new SourceName("", "T"),
                    chunk.bounds(),
                    snapshot,
                    List.of(new ColumnRead("ID", Rendering.NUMBER)),
                    ZoneOffset.UTC,
                    "test"),
                1));
      }
      assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
      return plan;
    }
  }
}
