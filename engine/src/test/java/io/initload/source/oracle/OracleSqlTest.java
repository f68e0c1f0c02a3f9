package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Control.Part;
import io.initload.config.SourceName;
import io.initload.config.rows.Choice;
import io.initload.config.rows.Computed;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.DbaStatements;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.ParentLook;
import io.initload.source.sql.Sql.Grouping;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OracleSqlTest {
  private static final Snapshot SCN = Snapshot.scn(81_234_567_890_123L);
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
          column("GUID", "RAW"),
          column("NATIONAL", "NVARCHAR2"),
          column("", "VARCHAR2").computedAs(new Computed("sql.Full__c", "CODE || ' ' || t.CODE")));
  private static final TableShape TABLE =
      new TableShape(
          new SourceName("app", "Order Lines"), TableShape.Kind.HEAP, COLUMNS, List.of(), -1, 0);

  private final OracleSql sql = new OracleSql(OracleFlavour.ORACLE);

  @Test
  void everyStatementIsOracleSql() {
    List<String> faulty = new ArrayList<>();
    for (List<String> statements : everyStatement().values()) {
      for (String statement : statements) {
        List<String> faults = OracleGrammar.faults(statement);
        if (!faults.isEmpty()) {
          faulty.add(statement + "\n  " + faults);
        }
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
                "SELECT \"app\".\"T\".\"C\" FROM \"app\".\"T\" t",
                "SELECT \"T\".\"C\" FROM \"T\" t",
                "SELECT u.\"C\" FROM \"T\" t",
                "SELECT /*+ PARALLEL(u, 8) */ COUNT(*) FROM \"T\" AS OF SCN ? t",
                "SELECT /*+ PARALLEL(t, 8) FULL(T1) */ COUNT(*) FROM \"T\" t",
                "SELECT 1",
                "SELECT 1 FROM \"T\" t WHERE TRUE",
                "SELECT (t.\"A\", t.\"B\") FROM \"T\" t",
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
    BoundSql read =
        sql.read(
            TABLE,
            List.of(COLUMNS.get(0), COLUMNS.get(6)),
            new ChunkBounds.RowidRange("AAA", "AAB"),
            SCN);
    assertThat(read.sql())
        .isEqualTo(
            "SELECT /*+ NO_PARALLEL NO_INDEX(t) */ t.\"SIZE\", SYS_EXTRACT_UTC(t.\"LTZ\") FROM"
                + " \"app\".\"Order Lines\" AS OF SCN ? t WHERE t.ROWID >= CHARTOROWID(?) AND"
                + " t.ROWID < CHARTOROWID(?)");
    assertThat(read.binds()).containsExactly(81234567890123L, "AAA", "AAB");
  }

  /**
   * docs/reference/oracle.md, "Parallel query": parallel servers help who looks at all and returns
   * little, once.
   */
  @Test
  void aPartIsCountedByItsOwnSessionAlone() {
    assertThat(sql.count(TABLE, new ChunkBounds.RowidRange("A", "B"), SCN, 8).sql())
        .startsWith("SELECT /*+ NO_PARALLEL NO_INDEX(t) */ COUNT(*)");
    assertThat(sql.count(TABLE, new ChunkBounds.Partition("P1", false), SCN, 8).sql())
        .startsWith("SELECT /*+ NO_PARALLEL */ COUNT(*)");
    assertThat(sql.count(TABLE, new ChunkBounds.Whole(), SCN, 8).sql())
        .as("an index may hold all that is counted")
        .startsWith("SELECT /*+ PARALLEL(t, 8) */ COUNT(*)");
    assertThat(sql.sinceMark(TABLE, SCN.mark(), 8).orElseThrow().sql())
        .startsWith("SELECT /*+ PARALLEL(t, 8) FULL(t) */ COUNT(*)");
    assertThat(sql.rownumBoundaries(TABLE, COLUMNS.subList(0, 1), 9, SCN, 8).sql())
        .contains("FROM (SELECT /*+ PARALLEL(t, 8) */ t.\"SIZE\" k0 FROM");
  }

  /** An instant in the database's own zone would be taken for one in UTC. */
  @Test
  void sharedKeysAreSelectedAsTheirRowsAreRead() {
    List<SourceColumn> instant = List.of(TABLE.column("LTZ").orElseThrow());
    assertThat(sql.duplicates(TABLE, instant, KeyForm.EXACT, SCN, 9, 0).sql())
        .contains("SYS_EXTRACT_UTC(t.\"LTZ\") FROM")
        .contains("GROUP BY t.\"LTZ\"");
  }

  /** A statement that is added to the class must be added here as well. */
  @Test
  void noStatementIsLeftOut() throws IllegalAccessException {
    Map<String, List<String>> every = everyStatement();
    List<String> constants = every.get("constants");
    for (Field field : OracleCatalogue.class.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        field.setAccessible(true);
        String text = (String) field.get(null);
        assertThat(text.matches("(SELECT|BEGIN|ALTER) .*") ? constants : List.of(text))
            .as(field.getName())
            .contains(text);
      }
    }
    for (Method method : OracleSql.class.getDeclaredMethods()) {
      boolean makes =
          method.getReturnType() == BoundSql.class || method.getReturnType() == Optional.class;
      if (makes && !Modifier.isPrivate(method.getModifiers()) && !method.isSynthetic()) {
        assertThat(every).containsKey(method.getName());
      }
    }
  }

  /** By the method that makes them. */
  private Map<String, List<String>> everyStatement() {
    Map<String, List<String>> all = new LinkedHashMap<>();
    List<String> constants =
        new ArrayList<>(
            List.of(
                OracleCatalogue.UNDO_TUNED,
                OracleCatalogue.UNDO_RETENTION,
                OracleCatalogue.UNDO_GUARANTEE,
                OracleCatalogue.CURRENT_SCHEMA,
                OracleCatalogue.SESSION_USER,
                OracleCatalogue.NAMES,
                OracleCatalogue.NUMBERS,
                OracleCatalogue.NAME_ALONE,
                OracleCatalogue.NUMBER_ALONE,
                OracleCatalogue.TABLE,
                OracleCatalogue.HYBRID,
                OracleCatalogue.SYNONYM,
                OracleCatalogue.VIEW,
                OracleCatalogue.COLUMNS,
                OracleCatalogue.COLUMNS_SHOWN,
                OracleCatalogue.KEYS,
                OracleCatalogue.FOREIGN_KEYS,
                OracleCatalogue.SCHEMAS,
                OracleCatalogue.SCHEMAS_BY_NAME,
                OracleCatalogue.TABLES,
                OracleCatalogue.SEGMENTS,
                OracleCatalogue.ARCHIVED_TOO,
                OracleCatalogue.DEPENDENCIES,
                OracleCatalogue.DIRECTORY,
                OracleCatalogue.DIRECTORIES,
                OracleCatalogue.POLICIES,
                OracleCatalogue.REDACTED,
                OracleCatalogue.EXEMPTION,
                OracleCatalogue.CHARACTER_SET,
                OracleCatalogue.EXTENTS,
                OracleCatalogue.ROWID_OF_BLOCK,
                OracleCatalogue.CREATE_TASK,
                OracleCatalogue.CREATE_CHUNKS,
                OracleCatalogue.DROP_TASK,
                OracleCatalogue.REWIND,
                OracleCatalogue.FORWARD,
                OracleCatalogue.CHUNKS,
                OracleCatalogue.PARTITIONS));
    constants.addAll(OracleCatalogue.SESSION);
    OracleCatalogue.SCN.forEach(way -> constants.add(way.sql()));
    all.put("constants", constants);
    DbaStatements access = OracleGrants.access("o'Neil", List.of(TABLE), true, List.of());
    all.put("access", Stream.concat(access.grants().stream(), access.end().stream()).toList());
    add(all, "probe", sql.probe(TABLE, SCN));
    add(all, "described", sql.described(TABLE, "t.CODE || 'x'"));
    add(all, "sinceMark", sql.sinceMark(TABLE, SCN.mark(), 8).orElseThrow());
    add(all, "sinceMark", sql.sinceMark(TABLE, SCN.mark(), 0).orElseThrow());
    List<Grouping> by =
        List.of(
            new Grouping(column("CODE", "CHAR"), Part.VALUE, Optional.empty()),
            new Grouping(column("AT", "DATE"), Part.YEAR, Optional.of(ZoneId.of("Europe/Vienna"))),
            new Grouping(column("TS", "TIMESTAMP(6)"), Part.MONTH, Optional.empty()),
            new Grouping(
                column("LTZ", "TIMESTAMP(6) WITH TIME ZONE"), Part.MONTH, Optional.empty()));
    Optional<SourceColumn> size = Optional.of(column("SIZE", "NUMBER"));
    add(all, "totals", sql.totals(TABLE, by, size, true, true, SCN, 8).orElseThrow());
    add(
        all,
        "totals",
        sql.totals(TABLE, List.of(), Optional.empty(), false, false, SCN, 0).orElseThrow());
    List<SourceColumn> texts =
        TABLE.columns().stream().filter(c -> c.type() == SourceColumn.Type.TEXT).toList();
    add(all, "notVerbatim", sql.notVerbatim(TABLE, texts, "\t", "-", false, SCN, 8));
    add(all, "notVerbatim", sql.notVerbatim(TABLE, texts.subList(0, 1), "", "-", true, SCN, 0));
    List<String> names = List.of("SIZE", "CODE", "AT");
    List<String> low = List.of("1", "ab ", "2024-01-01T00:00");
    List<String> high = List.of("2", "cd ", "2024-01-02T00:00");
    List<ChunkBounds> bounds =
        List.of(
            new ChunkBounds.Whole(),
            new ChunkBounds.RowidRange("A", "B"),
            new ChunkBounds.RowidRange("", "B"),
            new ChunkBounds.RowidRange("A", ""),
            new ChunkBounds.RowidRange("", ""),
            new ChunkBounds.HashBucket(List.of(), 8, 3),
            new ChunkBounds.HashBucket(names, 4, 0),
            new ChunkBounds.KeyRange(names, low, high),
            new ChunkBounds.KeyRange(names, low, high, true),
            new ChunkBounds.KeyRange(names, List.of(), high),
            new ChunkBounds.KeyRange(names, low, List.of()),
            new ChunkBounds.KeyRange(names, List.of(), List.of()),
            new ChunkBounds.KeyRange(List.of("NATIONAL"), List.of("é"), List.of("ü")),
            new ChunkBounds.KeyRange(List.of("sql.Full__c"), List.of("a"), List.of("b"), true),
            new ChunkBounds.Partition("P 1", false),
            new ChunkBounds.Partition("SYS_SUBP7", true));
    List<SourceColumn> key = names.stream().map(name -> TABLE.column(name).orElseThrow()).toList();
    List<SourceColumn> one = COLUMNS.subList(0, 1);
    for (Snapshot snapshot : List.of(SCN, Snapshot.UNMARKED)) {
      for (ChunkBounds bound : bounds) {
        add(all, "read", sql.read(TABLE, COLUMNS, bound, snapshot));
        add(all, "count", sql.count(TABLE, bound, snapshot, 8));
        add(all, "count", sql.count(TABLE, bound, snapshot, 0));
      }
      add(all, "range", sql.range(TABLE, COLUMNS.get(0), snapshot, 8));
      add(all, "quantiles", sql.quantiles(TABLE, COLUMNS.get(0), 7, 1000, snapshot, 8));
      add(all, "rownumBoundaries", sql.rownumBoundaries(TABLE, key, 1000, snapshot, 8));
      add(all, "rownumBoundaries", sql.sampling().rownumBoundaries(TABLE, key, 1000, snapshot, 8));
      for (KeyForm form : KeyForm.values()) {
        add(all, "duplicates", sql.duplicates(TABLE, key, form, snapshot, 10, 8));
        add(all, "duplicates", sql.duplicates(TABLE, COLUMNS.subList(1, 2), form, snapshot, 10, 8));
      }
      add(all, "sampledBoundaries", sql.sampledBoundaries(TABLE, 9, snapshot, 8));
      add(all, "bucketCounts", sql.bucketCounts(TABLE, List.of(), 8, snapshot, 8));
      add(all, "bucketCounts", sql.bucketCounts(TABLE, names, 4, snapshot, 0));
      add(all, "byKeys", sql.byKeys(TABLE, COLUMNS, key, List.of(low, high), snapshot));
      List<List<String>> numbers = List.of(List.of("1"), List.of("2"));
      add(all, "byKeys", sql.byKeys(TABLE, COLUMNS, one, numbers, snapshot));
      for (SourceColumn look : List.of(look(key), look(COLUMNS.subList(1, 2)))) {
        add(all, "read", sql.read(TABLE, List.of(look), new ChunkBounds.Whole(), snapshot));
        add(all, "byKeys", sql.byKeys(TABLE, List.of(look), one, numbers, snapshot));
        add(all, "described", sql.described(TABLE, look.sql()));
      }
    }
    for (RowFilter.Depth depth : List.of(depth(0, false), depth(2, false), depth(2, true))) {
      TableShape level =
          new TableShape(TABLE.name().narrowed(depth), TABLE.kind(), COLUMNS, List.of(), -1, 0);
      add(all, "read", sql.read(level, COLUMNS, new ChunkBounds.Whole(), SCN));
      add(all, "count", sql.count(level, new ChunkBounds.RowidRange("A", "B"), SCN, 8));
    }
    for (TableShape tried : tried()) {
      add(all, "read", sql.read(tried, COLUMNS, new ChunkBounds.Whole(), SCN));
      add(all, "count", sql.count(tried, new ChunkBounds.RowidRange("A", "B"), SCN, 8));
      add(all, "byKeys", sql.byKeys(tried, COLUMNS, one, List.of(List.of("1")), SCN));
    }
    return all;
  }

  /** By a key of two columns. */
  private static RowFilter.Depth depth(int ancestors, boolean orMore) {
    return new RowFilter.Depth(
        ancestors, orMore, List.of("SIZE", "CODE"), List.of("D", "NATIONAL"));
  }

  /** Whether the parent is there that these columns name by the same ones of the same table. */
  private SourceColumn look(List<SourceColumn> key) {
    List<ParentLook.Home> homes = List.of(new ParentLook.Home(TABLE, key));
    String text = sql.parentThere(key, homes, KeyForm.IGNORE_CASE);
    return column("", "NUMBER").computedAs(new Computed("orphans.Up.Key", text));
  }

  /** A parent that was deleted since is there. */
  @Test
  void parentsAreReadAtTheMomentOfTheirChildren() {
    List<SourceColumn> size = COLUMNS.subList(0, 1);
    assertThat(sql.read(TABLE, List.of(look(size)), new ChunkBounds.Whole(), SCN).sql())
        .isEqualTo(
            "SELECT /*+ NO_PARALLEL */ (CASE WHEN t.\"SIZE\" IS NULL OR t.\"SIZE\" IN (SELECT"
                + " t.\"SIZE\" FROM \"app\".\"Order Lines\" AS OF SCN 81234567890123 t) THEN 1 END)"
                + " FROM \"app\".\"Order Lines\" AS OF SCN ? t");
    assertThat(
            sql.read(TABLE, List.of(look(size)), new ChunkBounds.Whole(), Snapshot.UNMARKED).sql())
        .doesNotContain("AS OF");
  }

  /** A driver cannot read a time of the session's zone. */
  @Test
  void theFirstAndTheLastTimeOfTheSessionsZoneAreReadInUtc() {
    SourceColumn at = column("AT", "TIMESTAMP(6) WITH LOCAL TIME ZONE");
    assertThat(
            sql.totals(TABLE, List.of(), Optional.of(at), false, true, SCN, 0).orElseThrow().sql())
        .contains(
            "COUNT(t.\"AT\"), MIN(FROM_TZ(SYS_EXTRACT_UTC(t.\"AT\"), 'UTC')),"
                + " MAX(FROM_TZ(SYS_EXTRACT_UTC(t.\"AT\"), 'UTC'))");
  }

  /** The table, of which a trial takes some rows. */
  private static List<TableShape> tried() {
    Choice.Rows first =
        new Choice.Rows("P", "\"SIZE\" > 1", List.of(), Choice.all(), List.of("SIZE", "CODE"));
    Choice share = new Choice.Share(List.of("SIZE", "Mixed Case"), 10_000);
    Choice child = new Choice.Among(List.of("SIZE", "CODE"), List.of(first, first), share);
    return Stream.of(
            share, new Choice.First(first, 9), child, new Choice.Every(List.of(child, share)))
        .map(
            choice ->
                new TableShape(
                    TABLE.name().chosen(choice),
                    TABLE.kind(),
                    COLUMNS,
                    List.of(),
                    -1,
                    0,
                    false,
                    TableShape.Characters.DECODED,
                    Map.of(
                        first,
                        new TableShape(
                            SourceName.of(first), TABLE.kind(), COLUMNS, List.of(), -1, 0))))
        .toList();
  }

  @Test
  void everyTableOfATrialIsReadAtTheSameMoment() {
    assertThat(
            sql.read(tried().get(2), List.of(COLUMNS.get(0)), new ChunkBounds.Whole(), SCN).sql())
        .isEqualTo(
            "SELECT /*+ NO_PARALLEL */ t.\"SIZE\" FROM \"app\".\"Order Lines\" AS OF SCN ? t WHERE"
                + " ((t.\"SIZE\", t.\"CODE\") IN (SELECT t.\"SIZE\", t.\"CODE\" FROM \"P\" AS OF"
                + " SCN 81234567890123 t WHERE (\"SIZE\" > 1) UNION ALL SELECT t.\"SIZE\","
                + " t.\"CODE\" FROM \"P\" AS OF SCN 81234567890123 t WHERE (\"SIZE\" > 1)) OR"
                + " (t.\"SIZE\" IS NULL OR t.\"CODE\" IS NULL) AND MOD(ORA_HASH(t.\"SIZE\","
                + " 4294967295, 0) + ORA_HASH(t.\"Mixed Case\", 4294967295, 1), 1000000) < 10000"
                + " AND t.\"SIZE\" IS NOT NULL AND t.\"Mixed Case\" IS NOT NULL)");
  }

  private static void add(Map<String, List<String>> all, String method, BoundSql query) {
    all.computeIfAbsent(method, m -> new ArrayList<>()).add(query.sql());
  }

  private static SourceColumn column(String name, String type) {
    return OracleTypes.column(name, type, 16, 8, true, 0, SourceColumn.SCALE_ANY, true);
  }
}
