package io.initload.source.oracle;

import static io.initload.source.oracle.OracleStandIn.HEAP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.source.H2Tables;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import io.initload.source.SourceRows;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Planning through the public door, on a stand-in for Oracle. */
class OraclePlannerTest {
  @Test
  void rowidRangesComeFromTheExtents() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      extents(oracle);
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.strategy()).isEqualTo(Strategy.ROWID);
      assertThat(plan.reason()).contains("500 blocks in 10 extents");
      assertThat(plan.chunks().get(0).bounds())
          .isEqualTo(new ChunkBounds.RowidRange("", "000009.0004.000100.00000"));
      assertThat(covered(database, plan)).containsExactly(1000, 1000, 1000, 1000, 1000);
    }
  }

  @Test
  void withoutTheExtentsAPackageCutsTheTableAndLeavesNothingBehind() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(sql -> sql.contains("dba_extents") ? 942 : 0);
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.reason())
          .contains("cut by DBMS_PARALLEL_EXECUTE since DBA_EXTENTS is out of reach (ORA-00942)");
      assertThat(covered(database, plan)).containsExactly(1000, 1000, 1000, 1000, 1000);
      assertThat(oracle.sent()).anyMatch(sql -> sql.contains("CREATE_TASK"));
      assertNoTask(oracle);
    }
  }

  /** For want of a privilege, for the kind of table, for want of room. */
  @ParameterizedTest
  @CsvSource({
    "CREATE_TASK, 6550",
    "CREATE_CHUNKS, 29491",
    "CREATE_TASK, 41900",
    "user_parallel, 1652"
  })
  void withoutThePackageASampleCutsTheTable(String refused, int code) {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(sql -> sql.contains("dba_extents") ? -30036 : sql.contains(refused) ? code : 0);
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.reason())
          .contains("cut by sampled row addresses since DBA_EXTENTS is out of reach (ORA-30036)")
          .contains("DBMS_PARALLEL_EXECUTE is out of reach (ORA-%05d)".formatted(code));
      assertThat(plan.chunks().get(0).bounds())
          .isEqualTo(new ChunkBounds.RowidRange("", "000009.0004.000109.00009"));
      assertThat(covered(database, plan)).containsExactly(1099, 1000, 1000, 1000, 901);
      assertNoTask(oracle);
    }
  }

  private static void assertNoTask(OracleStandIn oracle) {
    assertThat(oracle.single("SELECT COUNT(*) FROM USER_PARALLEL_EXECUTE_TASKS")).isEqualTo("0");
    assertThat(oracle.single("SELECT COUNT(*) FROM USER_PARALLEL_EXECUTE_CHUNKS")).isEqualTo("0");
  }

  @Test
  void whatIsNoMatterOfPrivilegesOrRoomEndsThePlanning() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(sql -> sql.contains("dba_extents") ? 3113 : 0);
      assertThatThrownBy(() -> plan(database, Strategy.AUTO))
          .isInstanceOfSatisfying(
              SourceFailure.class,
              e -> assertThat(e.action()).isEqualTo(SourceFailure.Action.READ_AGAIN));
    }
  }

  @Test
  void withoutAnyExtentsATableWithRowsIsNeverTakenForEmpty() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.reason()).contains("sampled").contains("DBA_EXTENTS lists none for it");
      assertThat(covered(database, plan)).hasSize(5);
    }
  }

  /** The dictionary was read before the table grew, or hides a segment. */
  @Test
  void whatTheExtentsLeaveOutIsReadAllTheSame() {
    for (String listed : List.of("BLOCK_ID < 250", "BLOCK_ID >= 250", "BLOCK_ID = 200")) {
      try (OracleStandIn oracle = table();
          SourceDatabase database = SourceDatabase.open(oracle.config())) {
        extents(oracle);
        oracle.run("DELETE FROM DBA_EXTENTS WHERE NOT (" + listed + ")");
        ChunkPlan plan = plan(database, Strategy.AUTO);
        assertThat(plan.reason()).contains("a heap table of");
        assertThat(covered(database, plan).stream().mapToInt(rows -> rows).sum()).isEqualTo(5_000);
      }
    }
  }

  /** Neither addresses nor a key: few buckets, counted in one pass. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "`'NO', NULL, 'CL', 'N'` | AUTO | ROWID",
        "`'NO', NULL, 'CL', 'N'` | HASH | ROWID",
        "`'NO', NULL, NULL, 'N'` | HASH | ROWID",
        "view | AUTO | id, name",
        "`'NO', 'IOT', NULL, 'N'` | HASH | id",
      })
  void withoutAKeyAHashCutsTheTable(String kind, Strategy strategy, String hashed) {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      boolean view = kind.equals("view");
      oracle.heap("T", 5_000, view ? HEAP : kind, "NULL");
      oracle.run("UPDATE APP.T SET \"name\" = NULL WHERE MOD(\"id\", 3) = 0");
      if (view) {
        oracle.run("DELETE FROM ALL_TABLES", "INSERT INTO ALL_OBJECTS VALUES ('APP', 'T', 'VIEW')");
      }
      if (strategy == Strategy.AUTO) {
        oracle.run("DELETE FROM ALL_CONSTRAINTS");
      }
      ChunkPlan plan =
          database.plan(H2Tables.table("T", strategy, 1000, "id", "name"), database.snapshot());
      assertThat(plan.strategy()).isEqualTo(Strategy.HASH);
      assertThat(plan.reason()).endsWith("cut by the hash of " + hashed);
      assertThat(plan.cost()).contains("reading: 5 scans of the whole table");
      assertThat(plan.chunks()).allMatch(PlannedChunk::exact);
      assertThat(plan.planSql())
          .anyMatch(sql -> sql.contains("/*+ PARALLEL(t, 8) FULL(t) */ MOD("));
      assertThat(plan.readSql()).contains("/*+ NO_PARALLEL */").contains(", 5) = ?");
      assertThat(covered(database, plan))
          .isEqualTo(plan.chunks().stream().map(c -> (int) c.rows()).toList())
          .hasSize(5);
    }
  }

  /** Its values come in a zone the driver is not told, but they can be hashed. */
  @Test
  void aLocalTimeCutsByItsHash() {
    try (OracleStandIn oracle =
            new OracleStandIn(
                "CREATE TABLE APP.T (AT TIMESTAMP WITH TIME ZONE PRIMARY KEY, \"id\" NUMBER(10))",
                "INSERT INTO APP.T SELECT DATEADD(HOUR, X, TIMESTAMP WITH TIME ZONE '2020-01-01"
                    + " 00:00:00Z'), X FROM SYSTEM_RANGE(1, 5000)");
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.describe("T", "'NO', 'IOT', NULL, 'N'", "AT", "AT DATE", "id NUMBER");
      oracle.run(
          "UPDATE ALL_TAB_COLS SET DATA_TYPE = 'TIMESTAMP(6) WITH LOCAL TIME ZONE' WHERE"
              + " COLUMN_NAME = 'AT'");
      ChunkPlan plan =
          database.plan(H2Tables.table("T", Strategy.AUTO, 1000, "AT"), database.snapshot());
      assertThat(plan.reason())
          .contains("values of AT, a TIMESTAMP(6) WITH LOCAL TIME ZONE, cannot bound a range")
          .endsWith("cut by the hash of AT");
      assertThat(covered(database, plan)).hasSize(5);
    }
  }

  @Test
  void bucketsThatDoNotAddUpAreNotTrusted() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(
          sql -> {
            if (sql.contains("GROUP BY b")) {
              oracle.run("DELETE FROM APP.T WHERE \"id\" = 1");
            }
            return 0;
          });
      ChunkPlan plan = plan(database, Strategy.HASH);
      assertThat(plan.strategy()).isEqualTo(Strategy.WHOLE);
      assertThat(plan.reason()).contains("do not add up");
    }
  }

  /** In a database whose own character set is smaller than the national one. */
  @Test
  void nationalTextsBoundRangesAsTheyAre() {
    try (OracleStandIn oracle =
            new OracleStandIn(
                "CREATE TABLE APP.T (\"code\" VARCHAR(80) PRIMARY KEY, \"id\" NUMBER(10))",
                "INSERT INTO APP.T SELECT CHAR(200 + MOD(X, 700)) || X, X FROM SYSTEM_RANGE(1,"
                    + " 5000)");
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.describe("T", "'NO', 'IOT', NULL, 'N'", "code", "code NVARCHAR2", "id NUMBER");
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.strategy()).isEqualTo(Strategy.ROWNUM);
      assertThat(covered(database, plan)).containsExactly(1000, 1000, 1000, 1000, 1000);
    }
  }

  @Test
  void partitionsOfAnIndexOrganizedTableAreChunksToo() {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.heap("T", 2_500, "'YES', 'IOT', NULL, 'N'", "'P' || FLOOR((X - 1) / 1250)");
      oracle.run(
          "INSERT INTO ALL_TAB_PARTITIONS VALUES ('APP', 'T', 'P0', 'NO', 1250), ('APP', 'T', 'P1',"
              + " 'NO', NULL)");
      assertThat(covered(database, plan(database, Strategy.PARTITION))).containsExactly(1250, 1250);
    }
  }

  @Test
  void partitionsAndSubpartitionsAreChunks() {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.heap("T", 5_000, PARTITIONED, "'P' || FLOOR((X - 1) / 1250)");
      oracle.run(
          "INSERT INTO ALL_TAB_PARTITIONS VALUES ('APP', 'T', 'P0', 'NO', 1250), ('APP', 'T', 'P1',"
              + " 'NO', NULL), ('APP', 'T', 'COMPOSED', 'YES', 2500)",
          "INSERT INTO ALL_TAB_SUBPARTITIONS VALUES ('APP', 'T', 'P2', 1250), ('APP', 'T', 'P3',"
              + " 1250)");
      ChunkPlan plan = plan(database, Strategy.PARTITION);
      assertThat(plan.strategy()).isEqualTo(Strategy.PARTITION);
      assertThat(plan.reason()).contains("4 partitions");
      assertThat(plan.readSql()).contains("PARTITION (\"P").contains("AS OF SCN ?");
      assertThat(covered(database, plan)).containsExactly(1250, 1250, 1250, 1250);
    }
  }

  /** What a table without a segment shows: nothing, wherever one asks. */
  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"AUTO", "ROWID", "PARTITION"})
  void anEmptyTableIsOneEmptyChunk(Strategy strategy) {
    for (String refused : List.of("nothing", "dba_extents", "dba_extents PARALLEL_EXECUTE")) {
      try (OracleStandIn oracle = new OracleStandIn();
          SourceDatabase database = SourceDatabase.open(oracle.config())) {
        oracle.heap("T", 0, strategy == Strategy.PARTITION ? PARTITIONED : HEAP, "NULL");
        oracle.faults(
            sql -> List.of(refused.split(" ")).stream().anyMatch(sql::contains) ? 942 : 0);
        ChunkPlan plan = plan(database, strategy);
        assertThat(plan.rows()).isZero();
        assertThat(covered(database, plan)).containsExactly(0);
        assertNoTask(oracle);
      }
    }
  }

  @Test
  void aPartitionedTableWithoutKnownPartitionsIsCutByAddresses() {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.heap("T", 5_000, PARTITIONED, "NULL");
      extents(oracle);
      assertThat(covered(database, plan(database, Strategy.PARTITION))).hasSize(5);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"'NO', 'IOT', NULL, 'N'", "'YES', 'IOT', NULL, 'N'", "'NO', NULL, 'CL', 'N'"})
  void tablesWithoutAddressesAreCutByKeys(String flags) {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.heap("T", 5_000, flags, "NULL");
      ChunkPlan plan = plan(database, Strategy.AUTO);
      assertThat(plan.strategy()).isEqualTo(Strategy.KEY);
      assertThat(covered(database, plan)).hasSize(5);
    }
  }

  /** The sort of all keys, by numbers of rows and by equal parts. */
  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"KEY", "ROWNUM"})
  void withoutRoomToSortAllKeysASampleOfThemIsSorted(Strategy strategy) {
    try (OracleStandIn oracle = new OracleStandIn();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.heap("T", 5_000, "'NO', 'IOT', NULL, 'N'", "NULL");
      oracle.run("UPDATE APP.T SET \"id\" = \"id\" * 10");
      oracle.faults(sql -> sql.contains("ORDER BY t.") && !sql.contains("SAMPLE") ? -1652 : 0);
      ChunkPlan plan = plan(database, strategy);
      assertThat(plan.strategy()).isEqualTo(strategy);
      assertThat(plan.reason()).contains("from a sample").contains("ORA-01652");
      assertThat(covered(database, plan)).hasSizeGreaterThan(4);
    }
  }

  @Test
  void troubleWithParallelServersCostsTheHint() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      extents(oracle);
      oracle.faults(sql -> sql.contains("/*+ PARALLEL") ? 12805 : 0);
      assertThat(covered(database, plan(database, Strategy.AUTO))).hasSize(5);
      assertThat(database.count(config(Strategy.AUTO), database.snapshot())).isEqualTo(5_000);
      List<ColumnRead> name = List.of(new ColumnRead("name", Rendering.TEXT));
      assertThat(
              database.<Boolean>duplicates(
                  config(Strategy.AUTO),
                  database.snapshot(),
                  name,
                  KeyForm.EXACT,
                  9,
                  RowCursor::next))
          .isFalse();
    }
  }

  @Test
  void aDatabaseWithoutRoomIsAskedWithHalfTheDegree() {
    try (OracleStandIn oracle = table();
        SourceDatabase database = SourceDatabase.open(oracle.config())) {
      oracle.faults(sql -> sql.matches(".*PARALLEL\\(t, [48]\\).*") ? 4031 : 0);
      assertThat(database.count(config(Strategy.AUTO), database.snapshot())).isEqualTo(5_000);
      assertThat(oracle.sent().stream().filter(sql -> sql.contains("COUNT(*)")).toList())
          .extracting(sql -> sql.replaceAll(".*PARALLEL\\(t, (\\d)\\).*", "$1"))
          .containsExactly("8", "4", "2");
    }
  }

  private static final String PARTITIONED = "'YES', NULL, NULL, 'N'";

  private static OracleStandIn table() {
    OracleStandIn oracle = new OracleStandIn();
    oracle.heap("T", 5_000, HEAP, "NULL");
    return oracle;
  }

  private static void extents(OracleStandIn oracle) {
    oracle.run(
        "INSERT INTO DBA_OBJECTS VALUES ('APP', 'T', NULL, 9, 'TABLE'), ('APP', 'T', NULL, 8,"
            + " 'INDEX')",
        "INSERT INTO DBA_EXTENTS SELECT 'APP', 'T', NULL, 'TABLE', 4, X * 50, 50 FROM"
            + " SYSTEM_RANGE(0, 9)");
  }

  private static TableConfig config(Strategy strategy) {
    return H2Tables.table("T", strategy, 1000, "id");
  }

  private static ChunkPlan plan(SourceDatabase database, Strategy strategy) {
    return database.plan(config(strategy), database.snapshot());
  }

  /** Reads all chunks; each row must come once, and each chunk as many as are counted in it. */
  private static List<Integer> covered(SourceDatabase database, ChunkPlan plan) {
    List<Integer> sizes = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    SourceName name = new SourceName("", "T");
    for (PlannedChunk chunk : plan.chunks()) {
      List<List<String>> rows =
          SourceRows.rows(
              database.read(
                  name,
                  chunk.bounds(),
                  database.snapshot(),
                  List.of(new ColumnRead("id", Rendering.NUMBER)),
                  ZoneOffset.UTC,
                  "test"),
              1);
      assertThat(database.count(name, chunk.bounds(), database.snapshot())).isEqualTo(rows.size());
      rows.forEach(row -> assertThat(ids.add(row.get(0))).as("%s again", row).isTrue());
      sizes.add(rows.size());
    }
    assertThat(ids).hasSize((int) plan.rows());
    return sizes;
  }
}
