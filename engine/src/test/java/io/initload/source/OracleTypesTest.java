package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import oracle.sql.INTERVALDS;
import oracle.sql.INTERVALYM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every row of the extraction reference's table of types, section 5. */
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
            new OracleSql(OracleSql.Flavour.ORACLE)
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

  /** Intervals pass as the driver writes them; the forms are the reference's. */
  @Test
  void intervalsAreTheDriversText() {
    assertThat(new INTERVALYM("12-3")).hasToString("12-3");
    assertThat(new INTERVALDS("5 10:20:30.123456789")).hasToString("5 10:20:30.123456789");
    assertThat(new INTERVALDS("-5 10:20:30.1")).hasToString("-5 10:20:30.1");
  }

  private static SourceColumn column(String declared) {
    return OracleTypes.column("C", declared, 16, 8, true, 0, SourceColumn.SCALE_ANY, true);
  }
}
