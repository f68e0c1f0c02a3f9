package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import io.initload.source.read.CursorRequest;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one round trip fetches fits the bytes it may have. */
class OracleFetchTest {
  /** Average row by the statistics, LOB columns, bytes of a fetch, rows. */
  @ParameterizedTest
  @CsvSource({
    "100_000, 0, 4_000_000, 40",
    "100_000, 0, 64_000, 1",
    "8_000, 0, 4_000_000, 500",
    "400, 0, 4_000_000, 10_000",
    "1, 0, 4_000_000, 10_000",
    "464, 1, 4_000_000, 60",
    "464, 15, 4_000_000, 4",
    "464, 15, 256_000_000, 260",
    "464, 100, 4_000_000, 1",
  })
  void rowsFitTheBytes(String rowBytes, int lobs, String fetchBytes, String rows) {
    List<SourceColumn> columns =
        Collections.nCopies(lobs, column(SourceColumn.Type.LONG_TEXT, "CLOB", 0));
    assertThat(OracleDialect.fetchRows(table(number(rowBytes)), columns, number(fetchBytes)))
        .isEqualTo(number(rows));
  }

  @Test
  void withoutStatisticsTheTypesTellTheWidth() {
    List<SourceColumn> columns =
        List.of(
            column(SourceColumn.Type.NUMBER, "NUMBER", 0),
            column(SourceColumn.Type.DATETIME, "DATE", 0),
            column(SourceColumn.Type.TEXT, "VARCHAR2(4000)", 4000),
            column(SourceColumn.Type.TEXT, "VARCHAR2(40)", 40),
            column(SourceColumn.Type.BINARY, "RAW(2000)", 2000));
    assertThat(OracleDialect.fetchRows(table(0), columns, 2_164_000)).isEqualTo(1_000);
    assertThat(
            OracleDialect.fetchRows(
                table(0), List.of(column(SourceColumn.Type.BINARY, "BLOB", 0)), 4_000_000))
        .isEqualTo(61);
  }

  @Test
  void allSessionsTogetherFitTheHeap() {
    assertThat(CursorRequest.fetchBytes(4_000_000, 4, 256_000_000)).isEqualTo(4_000_000);
    assertThat(CursorRequest.fetchBytes(256_000_000, 4, 256_000_000)).isEqualTo(8_000_000);
    assertThat(CursorRequest.fetchBytes(4_000_000, 32, 256_000_000)).isEqualTo(1_000_000);
  }

  private static TableShape table(int rowBytes) {
    return new TableShape(
        new SourceName("", "T"), TableShape.Kind.HEAP, List.of(), List.of(), -1, rowBytes);
  }

  private static SourceColumn column(SourceColumn.Type type, String declared, int length) {
    return new SourceColumn("C", type, declared, length, 0, 0, true);
  }

  private static int number(String text) {
    return Integer.parseInt(text.replace("_", ""));
  }
}
