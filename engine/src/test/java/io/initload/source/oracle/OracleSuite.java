package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.config.rows.Computed;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.ExtractionSuite;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import io.initload.source.sql.KeyText;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The suite on whatever speaks as Oracle does, with what only Oracle has: its types, its
 * partitions.
 */
abstract class OracleSuite extends ExtractionSuite {
  /** How long a table must have been there before it can be read in the past. */
  protected abstract Duration settling();

  @Override
  protected String spelled(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  @Override
  protected List<Strategy> strategies() {
    return List.of(Strategy.AUTO, Strategy.ROWID, Strategy.KEY, Strategy.ROWNUM, Strategy.WHOLE);
  }

  /** Made beside the suite's own table, so that one wait settles all. */
  @Override
  protected void settle() throws SQLException, InterruptedException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String name : List.of("initload_types", "initload_parts")) {
        try {
          statement.execute("DROP TABLE " + name);
        } catch (SQLException e) {
          // It was not there.
        }
      }
      statement.execute(
          "CREATE TABLE initload_types (id NUMBER(9) PRIMARY KEY, n NUMBER, f FLOAT, bf"
              + " BINARY_FLOAT, bd BINARY_DOUBLE, d DATE, ts TIMESTAMP(9), tz TIMESTAMP(9) WITH"
              + " TIME ZONE, ltz TIMESTAMP(6) WITH LOCAL TIME ZONE, c CHAR(10), nv NVARCHAR2(40),"
              + " cl CLOB, r RAW(16), ym INTERVAL YEAR TO MONTH, ds INTERVAL DAY TO SECOND(9), x"
              + " XMLTYPE)");
      statement.execute(
          "INSERT INTO initload_types SELECT i, POWER(-1, i) * i / 7 * POWER(10, MOD(i, 60) - 30),"
              + " SQRT(i), i / 7, -i / 7, DATE '1890-02-28' + i * 41.7, m, FROM_TZ(m, CASE MOD(i,"
              + " 2) WHEN 0 THEN '+05:30' ELSE 'Europe/Paris' END), FROM_TZ(m, '-03:00'), 'a' ||"
              + " i, UNISTR('\\00e9\\6f22\\d83d\\de00') || i, TO_CLOB(RPAD('x', 4000, 'yz')) || i,"
              + " HEXTORAW(LPAD(TO_CHAR(i, 'FMXXXXXXXX'), 32, 'A')), NUMTOYMINTERVAL(i - 250,"
              + " 'MONTH'), NUMTODSINTERVAL((i - 250) * 1.5, 'HOUR'), XMLTYPE('<a>' || i || '</a>')"
              + " FROM (SELECT LEVEL i, TIMESTAMP '1901-02-03 04:05:06.123456789' +"
              + " NUMTODSINTERVAL(LEVEL * 98765.4, 'MINUTE') m FROM DUAL CONNECT BY LEVEL <="
              + " 500)");
      statement.execute("INSERT INTO initload_types (id) VALUES (501)");
      statement.execute(
          "CREATE TABLE initload_parts (id NUMBER(9) PRIMARY KEY, note VARCHAR2(60)) PARTITION BY"
              + " HASH (id) PARTITIONS 4");
      statement.execute(
          "INSERT INTO initload_parts SELECT LEVEL, 'note ' || LEVEL FROM DUAL CONNECT BY LEVEL <="
              + " 5000");
    }
    Thread.sleep(settling().toMillis());
  }

  /** Where the intervals stand among the columns. */
  private static final int YEARS = 14;

  private static final int DAYS = 15;

  private static final String SECONDS = "'YYYY-MM-DD\"T\"HH24:MI:SS";

  /** Our decoders of raw bytes against the database's own text. */
  @Test
  void everyTypeIsReadAsTheDatabaseTellsIt() throws SQLException {
    String told =
        "SELECT TO_CHAR(id), TO_CHAR(n, 'TM9'), TO_CHAR(f, 'TM9'), TO_CHAR(bf), TO_CHAR(bd),"
            + " TO_CHAR(d, %1$s') || '.000Z', SUBSTR(TO_CHAR(ts, %1$s.FF9'), 1, 23)"
                .formatted(SECONDS)
            + " || 'Z', SUBSTR(TO_CHAR(SYS_EXTRACT_UTC(tz), %1$s.FF9'), 1, 23) || 'Z', SUBSTR("
                .formatted(SECONDS)
            + "TO_CHAR(SYS_EXTRACT_UTC(ltz), %1$s.FF6'), 1, 23) || 'Z', RTRIM(c), nv, cl,"
                .formatted(SECONDS)
            + " LOWER(RAWTOHEX(r)), ym, ds, XMLSERIALIZE(CONTENT x AS CLOB) FROM initload_types";
    List<ColumnRead> reads = new ArrayList<>();
    for (String name : List.of("id", "n", "f", "bf", "bd")) {
      reads.add(new ColumnRead(spelled(name), Rendering.NUMBER));
    }
    for (String name : List.of("d", "ts", "tz", "ltz")) {
      reads.add(new ColumnRead(spelled(name), Rendering.DATETIME));
    }
    for (String name : List.of("c", "nv", "cl", "r", "ym", "ds", "x")) {
      reads.add(new ColumnRead(spelled(name), Rendering.TEXT));
    }
    List<List<String>> expected = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(told)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= reads.size(); i++) {
          row.add(told(rows, i));
        }
        expected.add(row);
      }
    }
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThat(
              SourceRows.rows(
                  database.read(
                      new SourceName("", "INITLOAD_TYPES"),
                      new ChunkBounds.Whole(),
                      database.snapshot(),
                      reads,
                      ZoneOffset.UTC,
                      "test"),
                  reads.size()))
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String told(ResultSet rows, int i) throws SQLException {
    String text = rows.getString(i);
    // Of a null moment only the fixed end is left.
    if (text == null || text.equals("Z") || text.equals(".000Z")) {
      return "-";
    }
    return switch (i) {
      case 1, 2, 3 -> KeyText.plain(new BigDecimal(text));
      // As many digits as tell it from its neighbours.
      case 4 -> KeyText.plain(new BigDecimal(Float.toString(Float.parseFloat(text))));
      case 5 -> KeyText.plain(new BigDecimal(Double.toString(Double.parseDouble(text))));
      case YEARS -> duration(text, "YM");
      case DAYS -> duration(text, "DHMS");
      default -> text;
    };
  }

  /** The driver's text of an interval, such as {@code -15 13:30:0.0}, as ISO 8601 has it. */
  private static String duration(String text, String units) {
    String sign = text.startsWith("-") ? "-" : "";
    String[] numbers = text.substring(sign.length()).split("[- :]", -1);
    StringBuilder duration = new StringBuilder("P");
    for (int i = 0; i < units.length(); i++) {
      BigDecimal number = new BigDecimal(numbers[i]).stripTrailingZeros();
      if (number.signum() != 0) {
        boolean first = i > 0 && units.startsWith("D") && duration.indexOf("T") < 0;
        duration.append(first ? "T" : "").append(sign).append(number.toPlainString());
        duration.append(units.charAt(i));
      }
    }
    return duration.length() == 1 ? "PT0S" : duration.toString();
  }

  @Test
  void aLongTextThatIsComputedIsReadWhole() {
    SourceName types =
        new SourceName("", "INITLOAD_TYPES")
            .where("id <= 500")
            .computing(List.of(new Computed("long", "cl || '!'")));
    try (SourceDatabase database = SourceDatabase.open(config())) {
      assertThat(database.shape(types).required("long").type())
          .isEqualTo(SourceColumn.Type.LONG_TEXT);
      List<List<String>> rows =
          SourceRows.rows(
              database.read(
                  types,
                  new ChunkBounds.Whole(),
                  database.snapshot(),
                  List.of(
                      new ColumnRead("ID", Rendering.NUMBER),
                      new ColumnRead("long", Rendering.TEXT)),
                  ZoneOffset.UTC,
                  "test"),
              2);
      assertThat(rows)
          .hasSize(500)
          .allSatisfy(
              row -> {
                assertThat(row.get(1)).startsWith("xyzyz").endsWith(row.get(0) + "!");
                assertThat(row.get(1)).hasSize(4_001 + row.get(0).length());
              });
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Strategy.class,
      names = {"PARTITION", "ROWID", "HASH"})
  void aPartitionedTableIsReadOnceByEachStrategy(Strategy strategy) {
    try (SourceDatabase database = SourceDatabase.open(config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan =
          database.plan(H2Tables.table("INITLOAD_PARTS", strategy, 1_000, "ID"), snapshot);
      assertThat(plan.strategy()).isEqualTo(strategy);
      List<List<String>> ids = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        ids.addAll(
            SourceRows.rows(
                database.read(
                    new SourceName("", "INITLOAD_PARTS"),
                    chunk.bounds(),
                    snapshot,
                    List.of(new ColumnRead("ID", Rendering.NUMBER)),
                    ZoneOffset.UTC,
                    "test"),
                1));
      }
      assertThat(ids).hasSize(5_000).doesNotHaveDuplicates();
    }
  }
}
