package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SourceDatabaseTest {
  private static final SourceName T = new SourceName("", "T");

  @Test
  void describesATable() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (ID NUMBER(10) PRIMARY KEY, NAME VARCHAR2(40) NOT NULL, CODE"
                    + " CHAR(3) UNIQUE, AMOUNT NUMBER(12,2), ANY_NUMBER NUMBER, AT DATE, NOTE"
                    + " CLOB)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      TableShape shape = database.shape(T);
      assertThat(shape.name()).hasToString("PUBLIC.T");
      assertThat(shape.columns())
          .extracting(c -> c.name() + " " + c.declared() + " " + c.type())
          .containsExactly(
              "ID NUMBER(10,0) NUMBER",
              "NAME CHARACTER VARYING(40) TEXT",
              "CODE CHARACTER(3) TEXT",
              "AMOUNT NUMBER(12,2) NUMBER",
              "ANY_NUMBER NUMBER NUMBER",
              "AT TIMESTAMP DATETIME",
              "NOTE CLOB LONG_TEXT");
      assertThat(shape.unique(List.of("ID"))).isTrue();
      assertThat(shape.unique(List.of("NAME", "ID"))).isTrue();
      assertThat(shape.unique(List.of("CODE"))).as("nullable").isFalse();
      assertThat(database.snapshot()).isEqualTo(Snapshot.UNMARKED);
    }
  }

  @Test
  void rendersEveryKindOfValue() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (ID NUMBER(10) PRIMARY KEY, CODE CHAR(5), AMOUNT NUMBER(12,2), F"
                    + " BINARY_FLOAT, AT TIMESTAMP(9), D DATE, TZ TIMESTAMP WITH TIME ZONE, NOTE"
                    + " CLOB, RAW_ID RAW(16), FLAG NUMBER(1), YN CHAR(1), NOTHING VARCHAR2(5))",
                "INSERT INTO T VALUES (1, 'ab', 10.50, 0.1, TIMESTAMP '2024-03-31"
                    + " 02:30:00.123456789', DATE '2024-02-29', TIMESTAMP WITH TIME ZONE"
                    + " '2024-03-31 01:30:00+05:30', '"
                    + "é😀".repeat(6000)
                    + "', X'0AFF', 1, 'N', '')");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      ZoneId paris = ZoneId.of("Europe/Paris");
      assertThat(
              SourceRows.rows(
                  database.read(
                      T,
                      new ChunkBounds.Whole(),
                      Snapshot.UNMARKED,
                      List.of(
                          new ColumnRead("ID", Rendering.TEXT),
                          new ColumnRead("CODE", Rendering.TEXT),
                          new ColumnRead("AMOUNT", Rendering.NUMBER),
                          new ColumnRead("F", Rendering.NUMBER),
                          new ColumnRead("AT", Rendering.DATETIME),
                          new ColumnRead("AT", Rendering.TEXT),
                          new ColumnRead("D", Rendering.DATE),
                          new ColumnRead("TZ", Rendering.DATETIME),
                          new ColumnRead("TZ", Rendering.DATE),
                          new ColumnRead("NOTE", Rendering.TEXT),
                          new ColumnRead("RAW_ID", Rendering.TEXT),
                          new ColumnRead("RAW_ID", Rendering.BASE64),
                          new ColumnRead("CODE", Rendering.PADDED),
                          new ColumnRead("FLAG", Rendering.BOOLEAN),
                          new ColumnRead("YN", Rendering.BOOLEAN),
                          new ColumnRead("NOTHING", Rendering.TEXT)),
                      paris,
                      "test"),
                  16))
          .containsExactly(
              List.of(
                  "1",
                  "ab",
                  "10.5",
                  "0.1",
                  "2024-03-31T01:30:00.123Z", // skipped by the clocks: moved forward, 03:30+02:00
                  "2024-03-31T02:30:00.123456789",
                  "2024-02-29",
                  "2024-03-30T20:00:00.000Z",
                  "2024-03-30",
                  "é😀".repeat(6000),
                  "0aff",
                  "Cv8=",
                  "ab   ",
                  "true",
                  "false",
                  "-"));
    }
  }

  /** In pieces, which join without padding. */
  @Test
  void largeObjectsAreBase64OfAllTheirBytes() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int bytes : new int[] {0, 1, 12_287, 12_288, 12_289, 40_000}) {
      byte[] value = new byte[bytes];
      random.nextBytes(value);
      try (H2Tables tables =
              new H2Tables(
                  "CREATE TABLE T (B BLOB)",
                  "INSERT INTO T VALUES (X'" + HexFormat.of().formatHex(value) + "')");
          SourceDatabase database = SourceDatabase.open(tables.config())) {
        List<ColumnRead> read = List.of(new ColumnRead("B", Rendering.BASE64));
        assertThat(
                SourceRows.rows(
                    database.read(
                        T,
                        new ChunkBounds.Whole(),
                        Snapshot.UNMARKED,
                        read,
                        ZoneOffset.UTC,
                        "test"),
                    1))
            .as("seed %d", seed)
            .containsExactly(List.of(Base64.getEncoder().encodeToString(value)));
      }
    }
  }

  @Test
  void everyStrategyCoversEachRowOnce() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 12; round++) {
      int rows = random.nextInt(0, 900);
      boolean dense = random.nextBoolean();
      try (H2Tables tables =
              new H2Tables(
                  "CREATE TABLE T (A NUMBER(10) NOT NULL, B VARCHAR2(8) NOT NULL, C NUMBER(10)"
                      + " UNIQUE, PRIMARY KEY (A, B))");
          SourceDatabase database = SourceDatabase.open(tables.config())) {
        for (int i = 0; i < rows; i++) {
          tables.run(
              "INSERT INTO T VALUES (%d, '%s', %s)"
                  .formatted(
                      i / 7,
                      "é%d".formatted(i % 7),
                      dense ? i : random.nextInt(10) == 0 ? "NULL" : "" + i * 1000L * i));
        }
        for (Strategy strategy :
            List.of(Strategy.AUTO, Strategy.KEY, Strategy.ROWNUM, Strategy.WHOLE)) {
          ChunkPlan plan =
              database.plan(
                  H2Tables.table("T", strategy, random.nextInt(1, 300), "C"), Snapshot.UNMARKED);
          String as = "seed %d, %d rows, %s".formatted(seed, rows, plan);
          assertThat(plan.rows()).as(as).isEqualTo(rows);
          assertThat(plan.chunks().stream().mapToLong(PlannedChunk::rows).sum())
              .as(as)
              .isEqualTo(rows);
          List<String> read = new ArrayList<>();
          for (PlannedChunk chunk : plan.chunks()) {
            List<List<String>> some =
                SourceRows.rows(
                    database.read(
                        T,
                        chunk.bounds(),
                        Snapshot.UNMARKED,
                        List.of(
                            new ColumnRead("A", Rendering.TEXT),
                            new ColumnRead("B", Rendering.TEXT)),
                        ZoneOffset.UTC,
                        "test"),
                    2);
            some.forEach(r -> read.add(String.join("|", r)));
            assertThat(database.count(T, chunk.bounds(), Snapshot.UNMARKED))
                .as(as)
                .isEqualTo(some.size());
            if (chunk.exact()) {
              assertThat((long) some.size()).as(as).isEqualTo(chunk.rows());
            }
          }
          assertThat(read).as(as).hasSize(rows).doesNotHaveDuplicates();
        }
      }
    }
  }

  @Test
  void aNullableColumnWithoutUniqueKeyIsCutCompletely() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (C NUMBER(10))",
                "INSERT INTO T SELECT CASE WHEN MOD(X, 5) = 0 THEN NULL ELSE MOD(X, 20) END FROM"
                    + " SYSTEM_RANGE(1, 1000)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      for (Strategy strategy : List.of(Strategy.KEY, Strategy.ROWNUM)) {
        ChunkPlan plan = database.plan(H2Tables.table("T", strategy, 100, "C"), Snapshot.UNMARKED);
        long sum =
            plan.chunks().stream()
                .mapToLong(c -> database.count(T, c.bounds(), Snapshot.UNMARKED))
                .sum();
        assertThat(sum).as("%s", plan).isEqualTo(1000);
        assertThat(plan.chunks()).hasSizeGreaterThan(2).noneMatch(PlannedChunk::exact);
      }
    }
  }

  @Test
  void findsRowsAgainByTheTextsOfTheirKeys() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (C CHAR(3), AT DATE, N NUMBER(5), PRIMARY KEY (C, AT))",
                "INSERT INTO T VALUES ('a', DATE '2024-01-02', 1), ('a', TIMESTAMP '2024-01-02"
                    + " 03:04:05', 2), ('bcd', DATE '2020-02-29', 3)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads =
          List.of(
              new ColumnRead("C", Rendering.TEXT),
              new ColumnRead("AT", Rendering.TEXT),
              new ColumnRead("N", Rendering.NUMBER));
      List<List<String>> all =
          SourceRows.rows(
              database.read(
                  T, new ChunkBounds.Whole(), Snapshot.UNMARKED, reads, ZoneOffset.UTC, "test"),
              3);
      List<List<String>> keys = new ArrayList<>();
      all.forEach(r -> keys.add(r.subList(0, 2)));
      keys.add(List.of("zz", "1999-01-01T00:00:00"));
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      T, Snapshot.UNMARKED, reads, List.of("C", "AT"), keys, ZoneOffset.UTC),
                  3))
          .containsExactlyInAnyOrderElementsOf(all);
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      T,
                      Snapshot.UNMARKED,
                      reads,
                      List.of("C"),
                      List.of(List.of("bcd")),
                      ZoneOffset.UTC),
                  3))
          .containsExactly(List.of("bcd", "2020-02-29T00:00:00", "3"));
    }
  }

  @Test
  void findsDuplicateKeys() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (A NUMBER(5), B VARCHAR2(5))",
                "INSERT INTO T VALUES (1, 'x'), (1, 'x'), (1, 'y'), (2, NULL), (2, NULL), (3, 'z'),"
                    + " (3, 'z'), (3, 'z')");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 10, "A", "B"))
          .containsExactlyInAnyOrder(List.of("1", "x"), List.of("3", "z"));
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 1, "A", "B")).hasSize(1);
    }
  }

  @Test
  void keysThatAreOneInTheOrgAreDuplicatesWhateverTheSourceThinks() {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (A VARCHAR2(9), B CHAR(5))",
                "INSERT INTO T VALUES ('x', 'p'), ('X', 'P'), (' x ', 'q'), ('y', 'r'),"
                    + " ('É', 's'), ('é' || CHAR(9), 't')");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 9, "A"))
          .extracting(row -> row.get(0).strip())
          .containsExactly("x");
      assertThat(SourceRows.duplicates(database, KeyForm.IGNORE_CASE, 9, "A"))
          .extracting(row -> KeyForm.IGNORE_CASE.canonical(row.get(0)))
          .containsExactlyInAnyOrder("x", "é");
      assertThat(SourceRows.duplicates(database, KeyForm.IGNORE_CASE, 9, "B"))
          .containsExactly(List.of("P"));
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 9, "B")).isEmpty();
    }
  }

  @Test
  void aTablesOwnHintSpreadsWhatLooksAtAllOfItAndNoChunk() throws SQLException {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (ID NUMBER(5) PRIMARY KEY, A VARCHAR(9))",
                "SET QUERY_STATISTICS TRUE");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      TableConfig table = H2Tables.table("T", Strategy.ROWNUM, 1000, "ID");
      Snapshot snapshot = database.snapshot();
      database.plan(table, snapshot);
      database.count(table, snapshot);
      SourceRows.duplicates(database, KeyForm.EXACT, 9, "A");
      List<String> id = List.of("ID");
      ChunkBounds chunk = new ChunkBounds.KeyRange(id, List.of("1"), List.of("2"), false);
      database.count(table.source(), chunk, snapshot);
      List<String> sent = new ArrayList<>();
      try (Statement statement = tables.connection().createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT SQL_STATEMENT FROM INFORMATION_SCHEMA.QUERY_STATISTICS"
                      + " WHERE SQL_STATEMENT LIKE '% t%'")) {
        while (rows.next()) {
          sent.add(rows.getString(1));
        }
      }
      // The source's own hint is 0.
      assertThat(sent)
          .filteredOn(sql -> sql.contains("/*+ PARALLEL(t, 8)"))
          .anyMatch(sql -> sql.contains("COUNT(*) FROM \"PUBLIC\".\"T\" t"))
          .anyMatch(sql -> sql.contains("HAVING COUNT(*) > 1"))
          .anyMatch(sql -> sql.contains("ROWNUM rn"));
      assertThat(sent)
          .filteredOn(sql -> sql.contains("COUNT(*) FROM \"PUBLIC\".\"T\" t WHERE"))
          .singleElement()
          .satisfies(sql -> assertThat(sql).startsWith("SELECT /*+ NO_PARALLEL */"));
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    try (H2Tables tables = new H2Tables("CREATE TABLE T (ID NUMBER(5), SHAPE GEOMETRY)");
        SourceDatabase database = SourceDatabase.open(tables.config())) {
      fails("SOURCE_LOGIN", () -> SourceDatabase.open(tables.config("SA", "wrong")), "logging in");
      fails(
          "SOURCE_UNREACHABLE",
          () -> SourceDatabase.open(config("jdbc:h2:file:/nowhere/at/all;MODE=Oracle")),
          "not found");
      fails("SOURCE_URL", () -> SourceDatabase.open(config("jdbc:derby:x")), "jdbc:derby:x");
      fails("SOURCE_TABLE", () -> database.shape(new SourceName("", "t")), "Did you mean T?");
      fails("SOURCE_COLUMN", () -> read(database, "IDD"), "Did you mean ID?");
      fails("SOURCE_COLUMN", () -> read(database, "SHAPE"), "GEOMETRY");
      fails(
          "SOURCE_STRATEGY",
          () -> database.plan(H2Tables.table("T", Strategy.ROWID, 10, "ID"), Snapshot.UNMARKED),
          "PUBLIC.T");
    }
  }

  @Test
  void neverShowsAPassword() {
    assertThatThrownBy(() -> SourceDatabase.open(config("jdbc:h2:file:/nowhere/x;PASSWORD=hush")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
    assertThatThrownBy(() -> SourceDatabase.open(config("jdbc:x://scott:hush@host/db")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hush"));
  }

  private static void read(SourceDatabase database, String column) {
    database
        .read(
            T,
            new ChunkBounds.Whole(),
            Snapshot.UNMARKED,
            List.of(new ColumnRead(column, Rendering.TEXT)),
            ZoneOffset.UTC,
            "test")
        .close();
  }

  private static SourceConfig config(String url) {
    return SourceConfigs.of(url, "SA", "secret").build();
  }

  private static void fails(String code, ThrowingCallable call, String says) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            f -> {
              assertThat(f.code()).as(f.getMessage()).isEqualTo(code);
              assertThat(f).hasMessageContaining(says);
              assertThat(f.remedy()).isNotBlank();
            });
  }
}
