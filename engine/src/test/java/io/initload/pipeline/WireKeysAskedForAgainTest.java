package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.pipeline.prove.Certificate;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are found in an Oracle on the wire again by keys of every type that can be one. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireKeysAskedForAgainTest {
  private static final int ROWS = 20;

  @TempDir Path directory;

  private final WireOracle.User user;

  WireKeysAskedForAgainTest(WireOracle oracle) {
    this.user = oracle.user("SELECT ON SYS.V_$DATABASE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "CHAR(8)                   | \"'k' || LEVEL\"",
        "NVARCHAR2(8)              | \"'n' || LEVEL\"",
        "NUMBER                    | LEVEL + 0.10",
        "BINARY_FLOAT              | LEVEL + 0.1",
        "BINARY_DOUBLE             | LEVEL + 0.1",
        "DATE                      | DATE '2020-01-01' + LEVEL",
        "TIMESTAMP(6)              | TIMESTAMP '2020-01-01 00:00:00.123456' +"
            + " NUMTODSINTERVAL(LEVEL, 'SECOND')",
        "INTERVAL YEAR(4) TO MONTH | NUMTOYMINTERVAL(LEVEL - 10, 'MONTH')",
        "INTERVAL DAY(4) TO SECOND(6) | NUMTODSINTERVAL((LEVEL - 10) * 98765.432, 'SECOND')"
      })
  void typesOfOracle(String type, String value) throws Exception {
    user.run(
        "CREATE TABLE t (\"id\" %s PRIMARY KEY, \"name\" VARCHAR2(40))".formatted(type),
        "INSERT INTO t SELECT %s, 'Name' FROM DUAL CONNECT BY LEVEL <= %d".formatted(value, ROWS));
    try (LocalMigration migration =
        new LocalMigration(directory, user.config(), LocalMigration.table("T", 1_000))
            .sampleRows(ROWS)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(ROWS);
    }
  }
}
