package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.source.Evidence;
import io.initload.source.TableShape;
import io.initload.source.sql.BoundSql;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What Oracle is asked about itself is Oracle's SQL, and little. */
class OracleEvidenceTest {
  private static final List<SourceColumn> COLUMNS =
      Stream.of(
              "NUMBER",
              "FLOAT",
              "BINARY_FLOAT",
              "BINARY_DOUBLE",
              "DATE",
              "TIMESTAMP(6)",
              "TIMESTAMP(6) WITH TIME ZONE",
              "TIMESTAMP(6) WITH LOCAL TIME ZONE",
              "VARCHAR2",
              "CHAR",
              "NVARCHAR2",
              "CLOB",
              "RAW",
              "ROWID",
              "BOOLEAN")
          .map(type -> OracleTypes.column("C", type, 20, 20, true, 10, 2, true))
          .toList();

  private final Evidence evidence = new OracleEvidence();

  private static TableShape shape(long rows) {
    SourceName name = new SourceName("app", "Order Lines").where("\"C\" IS NOT NULL");
    return new TableShape(name, TableShape.Kind.HEAP, COLUMNS, List.of(), rows, 0);
  }

  @Test
  void everyStatementIsOracleSql() {
    List<String> statements = new ArrayList<>();
    for (TableShape shape : List.of(shape(100), shape(1_000_000))) {
      for (SourceColumn column : COLUMNS) {
        String told = evidence.text(column).orElseThrow();
        statements.add(evidence.sample(shape, column, told, 200).sql());
      }
      statements.add(evidence.addresses(shape, 200).orElseThrow().sql());
    }
    statements.add(evidence.characterSet().orElseThrow().sql());
    evidence.helps().stream().map(Evidence.Help::sql).map(BoundSql::sql).forEach(statements::add);
    LocalDateTime time = LocalDateTime.of(2024, 7, 1, 12, 0);
    statements.add(evidence.utc(ZoneId.of("Europe/Zurich"), time).orElseThrow().sql());
    assertThat(statements).allSatisfy(sql -> assertThat(OracleGrammar.faults(sql)).isEmpty());
  }

  @Test
  void aLargeTableIsSampledByBlocksAndNoneIsReadToItsEnd() {
    String small = evidence.sample(shape(100), COLUMNS.get(0), "1", 200).sql();
    String large = evidence.sample(shape(1_000_000), COLUMNS.get(0), "1", 200).sql();
    assertThat(small).doesNotContain("SAMPLE").endsWith("AND ROWNUM <= ?");
    assertThat(large).contains("SAMPLE BLOCK (1) t").endsWith("AND ROWNUM <= ?");
  }
}
