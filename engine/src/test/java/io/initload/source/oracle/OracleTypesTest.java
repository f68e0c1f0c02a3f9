package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.TableShape;
import io.initload.source.TextSink;
import io.initload.source.chunk.ChunkPlanner;
import io.initload.source.chunk.PlanDraft;
import io.initload.source.chunk.Planning;
import io.initload.source.read.Times;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table in docs/reference/oracle.md, "Types". */
class OracleTypesTest {
  /** What a type is for the mapping; UNSUPPORTED and large BINARY are refused by validate. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER | NUMBER",
        "FLOAT | NUMBER",
        "BINARY_FLOAT | FLOAT",
        "BINARY_DOUBLE | FLOAT",
        "VARCHAR2 | TEXT",
        "CHAR | TEXT",
        "NVARCHAR2 | TEXT",
        "NCHAR | TEXT",
        "LONG | LONG_TEXT",
        "LONG RAW | BINARY",
        "CLOB | LONG_TEXT",
        "NCLOB | LONG_TEXT",
        "BLOB | BINARY",
        "BFILE | UNSUPPORTED",
        "RAW | BINARY",
        "DATE | DATETIME",
        "TIMESTAMP(6) | DATETIME",
        "TIMESTAMP(9) WITH TIME ZONE | INSTANT",
        "TIMESTAMP(6) WITH LOCAL TIME ZONE | INSTANT",
        "INTERVAL YEAR(2) TO MONTH | INTERVAL",
        "INTERVAL DAY(2) TO SECOND(6) | INTERVAL",
        "ROWID | TEXT",
        "UROWID | UNSUPPORTED",
        "XMLTYPE | XML",
        "JSON | JSON",
        "BOOLEAN | BOOLEAN",
        "VECTOR | UNSUPPORTED",
        "ADDRESS_TYP | UNSUPPORTED",
        "INTERVAL_TYP | UNSUPPORTED",
        "PHONE_LIST_TYP | UNSUPPORTED",
        "REF CUSTOMER_TYP | UNSUPPORTED",
        "ANYDATA | UNSUPPORTED",
        "SDO_GEOMETRY | UNSUPPORTED",
        "URITYPE | UNSUPPORTED",
      })
  void isKnownOrRefused(String declared, SourceColumn.Type expected) {
    assertThat(column(declared).type()).isEqualTo(expected);
  }

  /** So that validate knows how long its text can be. */
  @Test
  void bytesHaveTheirLength() {
    assertThat(column("RAW"))
        .isEqualTo(new SourceColumn("C", SourceColumn.Type.BINARY, "RAW(16)", 16, 0, 0, true));
    assertThat(column("BLOB").length()).as("none").isZero();
  }

  /** What the database makes readable itself. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "XMLTYPE | XMLSERIALIZE(CONTENT t.\"C\" AS CLOB)",
        "JSON | JSON_SERIALIZE(t.\"C\" RETURNING CLOB)",
        "TIMESTAMP(6) WITH LOCAL TIME ZONE | SYS_EXTRACT_UTC(t.\"C\")",
        "TIMESTAMP(6) WITH TIME ZONE | t.\"C\"",
        "CLOB | t.\"C\"",
      })
  void isSelectedInAReadableForm(String declared, String expected) {
    TableShape table =
        new TableShape(new SourceName("", "T"), TableShape.Kind.VIEW, List.of(), List.of(), -1, 0);
    assertThat(
            new OracleSql(OracleFlavour.ORACLE)
                .read(table, List.of(column(declared)), new ChunkBounds.Whole(), Snapshot.UNMARKED)
                .sql())
        .isEqualTo("SELECT /*+ NO_PARALLEL */ " + expected + " FROM \"T\" t");
  }

  /** A region's name needs no zone table: the fields before it are UTC already. */
  @Test
  void aRegionIsReadAsTheInstantItIs() {
    // 2024-03-31T01:30:00.123 in UTC, in the region 0x1c6 << 6 | ...: bit 7 of the twelfth byte.
    byte[] bytes = HexFormat.of().parseHex("787c031f021f01075bcd1581e0");
    TextSink sink = new TextSink();
    OracleDecoder.instant(bytes, new Times("C", Rendering.DATETIME, ZoneOffset.UTC), sink);
    assertThat(sink.take()).isEqualTo("2024-03-31T01:30:00.123Z");
    OracleDecoder.instant(
        bytes, new Times("C", Rendering.DATE, ZoneId.of("Pacific/Auckland")), sink);
    assertThat(sink.take()).isEqualTo("2024-03-31");
  }

  /** Off the wire where they stand: a row at a time. */
  @Test
  void aLongComesRowByRow() {
    TableShape table =
        new TableShape(new SourceName("", "T"), TableShape.Kind.HEAP, List.of(), List.of(), -1, 0);
    for (String type : List.of("LONG", "LONG RAW")) {
      List<SourceColumn> columns = List.of(column("NUMBER"), column(type));
      assertThat(OracleDialect.fetchRows(table, columns, 4_000_000)).as(type).isEqualTo(1);
    }
  }

  /** What the statement makes of an XMLTYPE takes temporary space of the session. */
  @Test
  void aLobOfAnExpressionIsFreed() throws SQLException {
    AtomicInteger freed = new AtomicInteger();
    Clob text =
        (Clob)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Clob.class},
                (proxy, method, arguments) ->
                    method.getName().equals("free")
                        ? freed.getAndIncrement() * 0
                        : new StringReader("<a>é</a>"));
    ResultSet rows =
        (ResultSet)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ResultSet.class},
                (proxy, method, arguments) -> text);
    for (String type : List.of("XMLTYPE", "JSON")) {
      TextSink sink = new TextSink();
      OracleReaders.of(column(type), Rendering.TEXT, ZoneOffset.UTC).write(rows, 1, sink);
      assertThat(sink.take()).isEqualTo("<a>é</a>");
    }
    assertThat(freed).hasValue(2);
  }

  /** Its values come in a zone the driver is not told: the next key is taken, or none. */
  @Test
  void aLocalTimeBoundsNoChunk() throws SQLException {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (AT TIMESTAMP WITH TIME ZONE PRIMARY KEY, ID NUMBER(9) NOT NULL)",
                "INSERT INTO T SELECT DATEADD(HOUR, X, TIMESTAMP WITH TIME ZONE '2020-01-01"
                    + " 00:00:00Z'), X FROM SYSTEM_RANGE(1, 3000)");
        SourceDatabase h2 = SourceDatabase.open(tables.config())) {
      TableShape described = h2.shape(new SourceName("", "T"));
      TableShape shape =
          new TableShape(
              described.name(),
              TableShape.Kind.INDEX_ORGANIZED,
              List.of(
                  OracleTypes.column(
                      "AT", "TIMESTAMP(6) WITH LOCAL TIME ZONE", 11, 0, false, 0, 6, false),
                  OracleTypes.column("ID", "NUMBER", 22, 0, false, 9, 0, false)),
              described.keys(),
              -1,
              0);
      assertThat(planner(tables, shape, Strategy.AUTO, "ID").plan())
          .satisfies(plan -> assertThat(plan.strategy()).isEqualTo(Strategy.ROWNUM))
          .satisfies(plan -> assertThat(plan.reason()).contains("its key (ID)"))
          .satisfies(plan -> assertThat(plan.chunks()).hasSize(3));
      assertThatThrownBy(() -> planner(tables, shape, Strategy.KEY, "AT").plan())
          .hasMessageContaining("values of AT, a TIMESTAMP(6) WITH LOCAL TIME ZONE, cannot bound");
    }
  }

  /** 29 February 1500, say, at which the driver throws: its range stays with the one before. */
  @ParameterizedTest
  @EnumSource(names = {"KEY", "ROWNUM"})
  void aDateThatNoCalendarHasBoundsNoChunk(Strategy strategy) throws SQLException {
    try (H2Tables tables =
            new H2Tables(
                "CREATE TABLE T (AT TIMESTAMP PRIMARY KEY)",
                "INSERT INTO T SELECT DATEADD(DAY, X, DATE '2020-01-01') FROM SYSTEM_RANGE(1, 40)");
        SourceDatabase h2 = SourceDatabase.open(tables.config())) {
      TableShape shape = h2.shape(new SourceName("", "T"));
      for (LocalDateTime odd :
          List.of(LocalDateTime.of(2020, 1, 22, 0, 0), LocalDateTime.of(1999, 1, 1, 0, 0))) {
        OracleSql sql = new OracleSql(OracleFlavour.H2);
        Planning planning =
            new Planning(
                (Connection) throwing(Connection.class, tables.connection(), odd),
                H2Tables.table("T", strategy, 5, "AT"),
                shape,
                Snapshot.UNMARKED);
        PlanDraft draft = new PlanDraft(sql, planning);
        ChunkPlan plan =
            new ChunkPlanner(sql, ChunkPlanner.QuantileBy.ROWNUM, planning, draft).plan(40);
        boolean lost = odd.getYear() == 2020;
        assertThat(plan.chunks()).hasSize(lost ? 7 : 8);
        assertThat(plan.chunks()).allMatch(chunk -> chunk.exact() != lost);
        assertThat(plan.chunks().stream().map(PlannedChunk::bounds))
            .extracting(bounds -> h2.count(shape.name(), bounds, Snapshot.UNMARKED))
            .containsOnly(5L, lost ? 10L : 5L);
      }
    }
  }

  private static Object throwing(Class<?> type, Object real, Object odd) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {type},
        (proxy, method, arguments) -> {
          Object value = method.invoke(real, arguments);
          if (odd.equals(value)) {
            throw new DateTimeException("Invalid date 'February 29' as '1500' is not a leap year");
          }
          Class<?> result = method.getReturnType();
          return value instanceof AutoCloseable && result.isInterface()
              ? throwing(result, value, odd)
              : value;
        });
  }

  private static OraclePlanner planner(
      H2Tables tables, TableShape shape, Strategy strategy, String externalId) {
    return new OraclePlanner(
        new OracleSql(OracleFlavour.ORACLE),
        new Planning(
            tables.connection(),
            H2Tables.table("T", strategy, 1_000, externalId),
            shape,
            Snapshot.UNMARKED));
  }

  private static SourceColumn column(String declared) {
    return OracleTypes.column("C", declared, 16, 8, true, 0, SourceColumn.SCALE_ANY, true);
  }
}
