package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.PostgresServer;
import io.initload.source.SourceCatalogue;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import io.initload.source.TableShape;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresSourceTest {
  private static final SourceName T = new SourceName("", "t");

  private final PostgresServer.Database tables;

  PostgresSourceTest(PostgresServer server) {
    this.tables = server.database();
  }

  @Test
  void theCatalogueNamesSchemasAndForeignKeys() {
    tables.run(
        "CREATE TABLE t (a int, b int, PRIMARY KEY (a, b))",
        "CREATE SCHEMA \"Other\"",
        "CREATE TABLE \"Other\".c (id int PRIMARY KEY, y int, x int, up int REFERENCES \"Other\".c,"
            + " CONSTRAINT both_of FOREIGN KEY (y, x) REFERENCES t (b, a))",
        "CREATE VIEW \"Other\".v AS SELECT 1 AS one");
    SourceName c = new SourceName("Other", "c");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(database.catalogue().schemas())
          .containsExactly(
              new SourceCatalogue.Schema("public", 1), new SourceCatalogue.Schema("Other", 1));
      assertThat(database.catalogue().tables("Other"))
          .containsExactly(c, new SourceName("Other", "v"));
      assertThat(database.catalogue().foreignKeys(c))
          .containsExactly(
              new TableShape.ForeignKey(
                  "both_of", List.of("y", "x"), new SourceName("public", "t"), List.of("b", "a")),
              new TableShape.ForeignKey("c_up_fkey", List.of("up"), c, List.of("id")));
    }
  }

  @Test
  void describesATable() {
    tables.run(
        "CREATE DOMAIN price AS numeric(9,3)",
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE t (id bigint PRIMARY KEY, code char(3) NOT NULL UNIQUE, name varchar(40),"
            + " free text, p price, n numeric, tiny numeric(5,-2), m mood, at timestamp(3), tz"
            + " timestamptz, j jsonb, box box)",
        "CREATE UNIQUE INDEX partial ON t (name) WHERE name > 'm'");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      TableShape shape = database.shape(T);
      assertThat(shape.kind()).isEqualTo(TableShape.Kind.HEAP);
      assertThat(shape.columns())
          .extracting(
              c ->
                  "%s %s %s %d %d %d"
                      .formatted(
                          c.name(), c.declared(), c.type(), c.length(), c.precision(), c.scale()))
          .containsExactly(
              "id bigint NUMBER 0 19 0",
              "code character(3) TEXT 3 0 0",
              "name character varying(40) TEXT 40 0 0",
              "free text TEXT 0 0 0",
              "p price NUMBER 0 9 3",
              "n numeric NUMBER 0 0 -127",
              "tiny numeric(5,-2) NUMBER 0 5 -2",
              "m mood TEXT 63 0 0",
              "at timestamp(3) without time zone DATETIME 0 0 0",
              "tz timestamp with time zone INSTANT 0 0 0",
              "j jsonb JSON 0 0 0",
              "box box UNSUPPORTED 0 0 0");
      assertThat(shape.unique(List.of("id"))).isTrue();
      assertThat(shape.unique(List.of("code"))).isTrue();
      assertThat(shape.unique(List.of("name"))).as("a partial index").isFalse();
    }
  }

  @Test
  void rendersEveryKindOfValue() {
    tables.run(
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE t (i2 smallint, i4 int, i8 bigint, n numeric, r real, d double precision, c"
            + " char(5), v varchar(9), b boolean, day date, tod time, at timestamp, tz timestamptz,"
            + " span interval, bin bytea, j jsonb, u uuid, m mood, x xml)",
        """
        INSERT INTO t VALUES (-2, 1, 9223372036854775807, -1234567890123456789012345678.9000, 0.1,
        1e300, 'ab', 'é,😀', true, '2024-02-29', '23:59:59.9999', '2024-03-31 02:30:00.123456',
        '2024-03-31 01:30:00+05:30', '1 day 2 hours', '\\x0aff', '{"a": 1}',
        'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 'happy', '<a/>')\
        """,
        "INSERT INTO t (n, d, day, at) VALUES ('NaN', 'Infinity', 'infinity', '0044-03-15 BC')",
        "INSERT INTO t (i2, n, d) VALUES (0, 0, -0.0), (1, 1, 12345678), (7, 0.00001, 1e-7)");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads =
          database.shape(T).columns().stream()
              .map(c -> new ColumnRead(c.name(), Rendering.TEXT))
              .toList();
      List<List<String>> rows = read(database, reads, ZoneOffset.UTC);
      assertThat(rows.get(0))
          .containsExactly(
              "-2",
              "1",
              "9223372036854775807",
              "-1234567890123456789012345678.9",
              "0.1",
              "1" + "0".repeat(300),
              "ab",
              "é,😀",
              "true",
              "2024-02-29",
              "23:59:59.9999",
              "2024-03-31T02:30:00.123456",
              "2024-03-30T20:00:00Z",
              "P1DT2H",
              "0aff",
              "{\"a\": 1}",
              "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
              "happy",
              "<a/>");
      assertThat(rows.get(1).subList(3, 12))
          .containsExactly("-", "-", "-", "-", "-", "-", "infinity", "-", "-0043-03-15T00:00:00");
      List<ColumnRead> others =
          List.of(
              new ColumnRead("at", Rendering.DATETIME),
              new ColumnRead("at", Rendering.DATE),
              new ColumnRead("tz", Rendering.DATETIME),
              new ColumnRead("tz", Rendering.DATE),
              new ColumnRead("day", Rendering.DATETIME),
              new ColumnRead("i4", Rendering.BOOLEAN),
              new ColumnRead("b", Rendering.NUMBER),
              new ColumnRead("bin", Rendering.BASE64),
              new ColumnRead("c", Rendering.PADDED));
      assertThat(read(database, others, ZoneId.of("Europe/Paris")).get(0))
          .containsExactly(
              "2024-03-31T01:30:00.123Z",
              "2024-03-31",
              "2024-03-30T20:00:00.000Z",
              "2024-03-30",
              "2024-02-28T23:00:00.000Z",
              "true",
              "1",
              "Cv8=",
              "ab   ");
      List<ColumnRead> numbers =
          List.of(
              new ColumnRead("i2", Rendering.BOOLEAN),
              new ColumnRead("n", Rendering.BOOLEAN),
              new ColumnRead("n", Rendering.NUMBER),
              new ColumnRead("d", Rendering.NUMBER));
      assertThat(read(database, numbers, ZoneOffset.UTC).subList(2, 5))
          .containsExactly(
              List.of("false", "false", "0", "0"),
              List.of("true", "true", "1", "12345678"),
              List.of("7", "0.00001", "0.00001", "0.0000001"));
    }
  }

  /** The driver holds a row as a whole; what no record can hold need not come. */
  @Test
  void nothingLongerThanARecordLeavesTheServer() {
    int most = PostgresColumns.VALUE_MAX;
    tables.run(
        "CREATE TABLE t (n int PRIMARY KEY, c text, b bytea, j json, v varchar)",
        "INSERT INTO t SELECT n, repeat('é', n), decode(repeat('0a', n), 'hex'),"
            + " to_json(repeat('j', n)), repeat('v', n) FROM unnest(ARRAY[3, 2500000, 6000000]) n");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads =
          database.shape(T).columns().stream()
              .map(c -> new ColumnRead(c.name(), Rendering.TEXT))
              .toList();
      List<List<String>> rows = read(database, reads, ZoneOffset.UTC);
      assertThat(rows.get(0)).containsExactly("3", "ééé", "0a0a0a", "\"jjj\"", "vvv");
      assertThat(rows.get(1))
          .extracting(String::length)
          .as("é takes two bytes, which tell")
          .containsExactly(7, 2_500_000 + most, 5_000_000, 2_500_002, 2_500_000);
      assertThat(rows.get(2))
          .extracting(String::length)
          .containsExactly(7, 2 * most, 2 * most, most, 2 * most);
    }
  }

  /** The question costs a table what it can only answer where large values are. */
  @Test
  void onlyATableThatStoresValuesApartIsAskedForTheirLength() {
    tables.run(
        "CREATE TABLE t (n int, c text) PARTITION BY LIST (n)",
        "CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1)",
        "CREATE TABLE t2 PARTITION OF t FOR VALUES IN (2)",
        "CREATE VIEW v AS SELECT * FROM t1",
        "INSERT INTO t VALUES (1, 'short'), (2, 'short')");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(database.shape(new SourceName("", "t")).large()).isFalse();
      assertThat(database.shape(new SourceName("", "t2")).large()).isFalse();
      assertThat(database.shape(new SourceName("", "v")).large()).as("unknown").isTrue();
    }
    tables.run(
        "INSERT INTO t SELECT 2, string_agg(md5(i || ''), '') FROM generate_series(1, 999) i");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(database.shape(new SourceName("", "t")).large()).isTrue();
      assertThat(database.shape(new SourceName("", "t1")).large()).isFalse();
      assertThat(database.shape(new SourceName("", "t2")).large()).isTrue();
    }
  }

  /** Years that ISO 8601 and the server spell differently, and the ends of time. */
  @ParameterizedTest
  @ValueSource(strings = {"date", "timestamp", "timestamptz"})
  void everyDateThereIsBoundsAChunk(String type) {
    tables.run(
        "CREATE TABLE t (at %s PRIMARY KEY)".formatted(type),
        """
        INSERT INTO t VALUES ('infinity'), ('-infinity'), ('4713-01-02 BC'), ('0044-03-15 BC'),
        ('0001-12-31 BC'), ('0001-01-01'), ('2020-02-29'), ('10000-01-01'), ('29999-12-31')\
        """);
    List<ColumnRead> reads = List.of(new ColumnRead("at", Rendering.TEXT));
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      for (Strategy strategy : List.of(Strategy.KEY, Strategy.ROWNUM)) {
        ChunkPlan plan = database.plan(H2Tables.table("t", strategy, 1, "at"), snapshot);
        assertThat(plan.chunks()).hasSize(9);
        assertThat(plan.chunks())
            .allSatisfy(c -> assertThat(database.count(T, c.bounds(), snapshot)).isEqualTo(1));
      }
      List<List<String>> keys = read(database, reads, ZoneOffset.UTC);
      assertThat(
              SourceRows.rows(
                  database.readByKeys(T, snapshot, reads, List.of("at"), keys, ZoneOffset.UTC), 1))
          .hasSize(9)
          .containsExactlyInAnyOrderElementsOf(keys);
    }
  }

  @Test
  void numbersAndTimesAgreeWithTheServersOwnText() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    tables.run("CREATE TABLE t (n numeric, at timestamp, expected text)");
    StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
    for (int i = 0; i < 3000; i++) {
      String digits =
          new java.math.BigInteger(random.nextInt(1, 100), new java.util.Random(random.nextLong()))
              .toString();
      insert
          .append(i == 0 ? "" : ",")
          .append(
              "(%s%s * 10::numeric ^ %d, timestamp '2000-01-01' + %d * interval '1 us')"
                  .formatted(
                      random.nextBoolean() ? "-" : "",
                      digits,
                      random.nextInt(-30, 20),
                      random.nextLong(-63_000_000_000_000_000L, 250_000_000_000_000_000L)));
    }
    tables.run(insert.toString().replace("VALUES", "(n, at) VALUES"));
    tables.run(
        "UPDATE t SET expected = trim_scale(n)::text || ' ' || to_char(at,"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<List<String>> rows =
          read(
              database,
              List.of(
                  new ColumnRead("n", Rendering.NUMBER),
                  new ColumnRead("at", Rendering.DATETIME),
                  new ColumnRead("expected", Rendering.TEXT)),
              ZoneOffset.UTC);
      assertThat(rows).hasSize(3000);
      assertThat(rows)
          .as("seed %d", seed)
          .allSatisfy(r -> assertThat(r.get(0) + " " + r.get(1)).isEqualTo(r.get(2)));
    }
  }

  @Test
  void everyStrategyCoversEachRowOnce() {
    tables.run(
        "CREATE TABLE t (a int, b text, c int, PRIMARY KEY (a, b))",
        "INSERT INTO t SELECT i / 7, 'é' || i % 7, nullif(i % 50, 3) FROM generate_series(1, 20000)"
            + " i",
        "DELETE FROM t WHERE a % 11 = 0",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE TABLE p (a int, b text, c int) PARTITION BY HASH (a)",
        "CREATE TABLE p0 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
        "CREATE TABLE p1 PARTITION OF p FOR VALUES WITH (MODULUS 2, REMAINDER 1)",
        "INSERT INTO p SELECT * FROM t",
        "CREATE TABLE e (a int, b text, c int)");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      for (String table : List.of("t", "v", "p", "e")) {
        for (Strategy strategy : Strategy.values()) {
          if (strategy == Strategy.HASH
              || (strategy == Strategy.ROWID && !table.matches("[te]"))
              || (strategy == Strategy.PARTITION && !table.equals("p"))) {
            continue;
          }
          ChunkPlan plan = database.plan(H2Tables.table(table, strategy, 1500, "c"), snapshot);
          covers(database, new SourceName("", table), plan, snapshot);
        }
      }
      assertThatThrownBy(
              () -> database.plan(H2Tables.table("t", Strategy.HASH, 1500, "c"), snapshot))
          .hasMessageContaining("hash");
      assertThat(database.plan(H2Tables.table("t", Strategy.AUTO, 1500, "c"), snapshot))
          .satisfies(p -> assertThat(p.strategy()).isEqualTo(Strategy.ROWID))
          .satisfies(p -> assertThat(p.chunks()).hasSizeGreaterThan(4));
      assertThat(database.plan(H2Tables.table("p", Strategy.AUTO, 1500, "c"), snapshot).strategy())
          .isEqualTo(Strategy.PARTITION);
    }
  }

  private static void covers(
      SourceDatabase database, SourceName table, ChunkPlan plan, Snapshot snapshot) {
    List<String> read = new ArrayList<>();
    for (PlannedChunk chunk : plan.chunks()) {
      List<List<String>> rows =
          SourceRows.rows(
              database.read(
                  table,
                  chunk.bounds(),
                  snapshot,
                  List.of(new ColumnRead("a", Rendering.TEXT), new ColumnRead("b", Rendering.TEXT)),
                  ZoneOffset.UTC,
                  "test"),
              2);
      assertThat(database.count(table, chunk.bounds(), snapshot)).isEqualTo(rows.size());
      if (chunk.exact()) {
        assertThat((long) rows.size()).as("%s", plan).isEqualTo(chunk.rows());
      }
      rows.forEach(r -> read.add(String.join("|", r)));
    }
    assertThat(read).as("%s %s", table, plan).hasSize((int) plan.rows()).doesNotHaveDuplicates();
  }

  @Test
  void findsRowsAgainAndDuplicates() {
    tables.run(
        "CREATE TABLE t (c char(3), at timestamp, n numeric(9,2), u uuid, b bytea)",
        "INSERT INTO t VALUES ('a''', '2024-01-02 03:04:05.5', 1.50,"
            + " 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '\\x01'), ('b', '2024-01-02', 2, NULL,"
            + " NULL), ('b', '2024-01-02', 3, NULL, NULL)");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads =
          database.shape(T).columns().stream()
              .map(c -> new ColumnRead(c.name(), Rendering.TEXT))
              .toList();
      List<List<String>> all = read(database, reads, ZoneOffset.UTC);
      List<String> columns = List.of("c", "at", "n", "u", "b");
      assertThat(
              SourceRows.rows(
                  database.readByKeys(
                      T, database.snapshot(), reads, columns, List.of(all.get(0)), ZoneOffset.UTC),
                  5))
          .containsExactly(all.get(0));
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 5, "c", "at"))
          .containsExactly(List.of("b", "2024-01-02T00:00:00"));
      tables.run("UPDATE t SET c = 'B', u = '00000000-0000-0000-0000-000000000001' WHERE n = 3");
      assertThat(SourceRows.duplicates(database, KeyForm.IGNORE_CASE, 5, "c"))
          .containsExactly(List.of("B"));
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 5, "u")).isEmpty();
      tables.run("DROP TABLE t", "CREATE TABLE t (n bigint)");
      tables.run("INSERT INTO t VALUES (9007199254740992), (9007199254740993), (5)");
    }
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(SourceRows.duplicates(database, KeyForm.EXACT, 5, "n")).isEmpty();
      assertThat(SourceRows.duplicates(database, KeyForm.NUMBER, 5, "n"))
          .containsExactly(List.of("9007199254740992"));
    }
  }

  private List<List<String>> read(SourceDatabase database, List<ColumnRead> reads, ZoneId zone) {
    return SourceRows.rows(
        database.read(T, new ChunkBounds.Whole(), Snapshot.UNMARKED, reads, zone, "test"),
        reads.size());
  }
}
