package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class OracleSqlTest {
  private static final Snapshot SCN = new Snapshot(Snapshot.Kind.SCN, "81234567890123");
  private static final List<SourceColumn> COLUMNS =
      List.of(
          column("SIZE", "NUMBER"),
          column("Mixed Case", "VARCHAR2"),
          column("CODE", "CHAR"),
          column("AT", "DATE"),
          column("TS", "TIMESTAMP(6)"),
          column("TZ", "TIMESTAMP(6) WITH TIME ZONE"),
          column("LTZ", "TIMESTAMP(6) WITH LOCAL TIME ZONE"),
          column("NOTE", "CLOB"),
          column("DOC", "XMLTYPE"),
          column("J", "JSON"),
          column("D", "BINARY_DOUBLE"),
          column("GUID", "RAW"));
  private static final TableShape TABLE =
      new TableShape(
          new SourceName("app", "Order Lines"), TableShape.Kind.HEAP, COLUMNS, List.of(), -1, 0);

  private final OracleSql sql = new OracleSql(OracleSql.Flavour.ORACLE);

  @Test
  void everyStatementIsOracleSql() {
    List<String> faulty = new ArrayList<>();
    for (String statement : everyStatement()) {
      List<String> faults = OracleGrammar.faults(statement);
      if (!faults.isEmpty()) {
        faulty.add(statement + "\n  " + faults);
      }
    }
    assertThat(faulty).isEmpty();
  }

  @Test
  void theCheckItselfRejectsWhatOracleRejects() {
    assertThat(
            List.of(
                "SELECT 1 FROM \"T\" t AS OF SCN 1",
                "SELECT 1 FROM \"T\" AS t",
                "SELECT 1 FROM \"T\" LIMIT 10",
                "SELECT *, ROWNUM FROM \"T\"",
                "SELECT 1 FROM \"T\" AS OF SCN 1 SAMPLE BLOCK (1) t",
                "SELECT t.SIZE FROM \"T\" t",
                "SELECT 1 FROM DUAL;"))
        .allSatisfy(s -> assertThat(OracleGrammar.faults(s)).as(s).isNotEmpty());
  }

  @Test
  void theCheckKnowsEveryReservedWord() {
    assertThat(OracleGrammar.RESERVED).hasSize(110);
    for (String word : OracleGrammar.RESERVED) {
      String column = "SELECT t.%s FROM \"T\" t".formatted(word);
      String owner = "SELECT 1 FROM %s.\"T\" t".formatted(word.toLowerCase(Locale.ROOT));
      if (!word.equals("ROWID")) {
        assertThat(OracleGrammar.reservedAsName(column)).contains(word);
      }
      assertThat(OracleGrammar.reservedAsName(owner)).contains(word);
      assertThat(OracleGrammar.reservedAsName(column.replace(word, '"' + word + '"'))).isEmpty();
    }
  }

  @Test
  void theChunkStatementIsTheOneOfTheReference() {
    Query read =
        sql.read(
            TABLE,
            List.of(COLUMNS.get(0), COLUMNS.get(6)),
            new ChunkBounds.RowidRange("AAA", "AAB"),
            SCN);
    assertThat(read.sql())
        .isEqualTo(
            "SELECT /*+ NO_PARALLEL NO_INDEX(t) */ t.\"SIZE\", SYS_EXTRACT_UTC(t.\"LTZ\") FROM"
                + " \"app\".\"Order Lines\" AS OF SCN ? t WHERE t.ROWID BETWEEN CHARTOROWID(?) AND"
                + " CHARTOROWID(?)");
    assertThat(read.binds()).containsExactly(81234567890123L, "AAA", "AAB");
  }

  /** Reference section 3: parallel servers help who looks at all and returns little, once. */
  @Test
  void aPartIsCountedByItsOwnSessionAlone() {
    assertThat(sql.count(TABLE, new ChunkBounds.RowidRange("A", "B"), SCN, 8).sql())
        .startsWith("SELECT /*+ NO_PARALLEL NO_INDEX(t) */ COUNT(*)");
    assertThat(sql.count(TABLE, new ChunkBounds.Partition("P1", false), SCN, 8).sql())
        .startsWith("SELECT /*+ NO_PARALLEL */ COUNT(*)");
    assertThat(sql.count(TABLE, new ChunkBounds.Whole(), SCN, 8).sql())
        .startsWith("SELECT /*+ PARALLEL(t, 8) */ COUNT(*)");
    assertThat(sql.rownumBoundaries(TABLE, COLUMNS.subList(0, 1), 9, SCN, 8).sql())
        .contains("FROM (SELECT /*+ PARALLEL(t, 8) */ t.\"SIZE\" k0 FROM");
  }

  private List<String> everyStatement() {
    List<String> all = new ArrayList<>();
    all.addAll(OracleSql.SESSION);
    OracleSql.SCN.forEach(way -> all.add(way.sql()));
    all.addAll(
        List.of(
            OracleSql.UNDO_TUNED,
            OracleSql.UNDO_RETENTION,
            OracleSql.UNDO_GUARANTEE,
            OracleSql.CURRENT_SCHEMA,
            OracleSql.SESSION_USER,
            OracleSql.TABLE,
            OracleSql.VIEW,
            OracleSql.COLUMNS,
            OracleSql.KEYS,
            OracleSql.TABLES,
            OracleSql.EXTENTS,
            OracleSql.ROWIDS,
            OracleSql.CREATE_TASK,
            OracleSql.CREATE_CHUNKS,
            OracleSql.DROP_TASK,
            OracleSql.CHUNKS,
            OracleSql.PARTITIONS));
    Access access = OracleSql.access("in'it", List.of(TABLE), true);
    all.addAll(access.grants());
    all.addAll(access.end());
    all.addAll(OracleSql.access("INITLOAD", List.of(TABLE), false).grants());
    all.add(sql.probe(TABLE, SCN).sql());
    all.add(sql.sinceMark(TABLE, SCN.mark()).orElseThrow().sql());
    List<String> names = List.of("SIZE", "CODE", "AT");
    List<String> low = List.of("1", "ab ", "2024-01-01T00:00");
    List<String> high = List.of("2", "cd ", "2024-01-02T00:00");
    List<ChunkBounds> bounds =
        List.of(
            new ChunkBounds.Whole(),
            new ChunkBounds.RowidRange("A", "B"),
            new ChunkBounds.RowidRange("", "<B"),
            new ChunkBounds.RowidRange("A", "<B"),
            new ChunkBounds.RowidRange("A", ""),
            new ChunkBounds.RowidRange("", ""),
            new ChunkBounds.KeyRange(names, low, high),
            new ChunkBounds.KeyRange(names, low, high, true),
            new ChunkBounds.KeyRange(names, List.of(), high),
            new ChunkBounds.KeyRange(names, low, List.of()),
            new ChunkBounds.KeyRange(names, List.of(), List.of()),
            new ChunkBounds.Partition("P 1", false),
            new ChunkBounds.Partition("SYS_SUBP7", true));
    List<SourceColumn> key = COLUMNS.subList(0, 3);
    for (Snapshot snapshot : List.of(SCN, Snapshot.UNMARKED)) {
      for (ChunkBounds bound : bounds) {
        all.add(sql.read(TABLE, COLUMNS, bound, snapshot).sql());
        all.add(sql.count(TABLE, bound, snapshot, 8).sql());
        all.add(sql.count(TABLE, bound, snapshot, 0).sql());
      }
      all.add(sql.range(TABLE, COLUMNS.get(0), snapshot, 8).sql());
      all.add(sql.quantiles(TABLE, COLUMNS.get(0), 7, 1000, snapshot, 8).sql());
      all.add(sql.rownumBoundaries(TABLE, key, 1000, snapshot, 8).sql());
      all.add(sql.sampling().rownumBoundaries(TABLE, key, 1000, snapshot, 8).sql());
      for (KeyForm form : KeyForm.values()) {
        all.add(sql.duplicates(TABLE, key, form, snapshot, 10, 8).sql());
        all.add(sql.duplicates(TABLE, COLUMNS.subList(1, 2), form, snapshot, 10, 8).sql());
      }
      all.add(sql.sampledBoundaries(TABLE, 9, snapshot, 8).sql());
      all.add(sql.byKeys(TABLE, COLUMNS, key, List.of(low, high), snapshot).sql());
      all.add(
          sql.byKeys(
                  TABLE,
                  COLUMNS,
                  COLUMNS.subList(0, 1),
                  List.of(List.of("1"), List.of("2")),
                  snapshot)
              .sql());
    }
    return all;
  }

  private static SourceColumn column(String name, String type) {
    return OracleTypes.column(name, type, 16, 8, true, 0, SourceColumn.SCALE_ANY, true);
  }
}
