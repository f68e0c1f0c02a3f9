package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.SourceConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are found in the source again, whatever becomes of their key on its way. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class KeysAskedForAgainTest {
  /** Keys that are staged otherwise than they are read. */
  private static final List<String> CHANGED =
      List.of(
          "a\r", "b\r\nc", "d\re", "f\u0001g", "h\u007f", "\ti", "j''k", "l\\m", "n\u00e4", "o");

  @TempDir Path directory;

  private final PostgresServer.Database tables;

  KeysAskedForAgainTest(PostgresServer server) {
    tables = server.database();
  }

  @Test
  void textsOfPostgres() throws Exception {
    tables.run("CREATE TABLE customers (id text PRIMARY KEY, name text)");
    for (String key : CHANGED) {
      tables.run("INSERT INTO customers VALUES ('" + key + "', 'Name')");
    }
    allAreFound(tables.config(), "customers", CHANGED.size());
  }

  @Test
  void textsOfTheOracleMode() throws Exception {
    try (H2Tables h2 =
        new H2Tables(
            "CREATE TABLE customers (\"id\" varchar(20) PRIMARY KEY, \"name\" varchar(80))")) {
      for (String key : CHANGED) {
        h2.run("INSERT INTO customers VALUES ('" + key + "', 'Name')");
      }
      allAreFound(h2.config(), "CUSTOMERS", CHANGED.size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "char(8)          | concat('k', i)",
        "real             | i + 0.1",
        "double precision | i + 0.1",
        "numeric          | i + 0.10",
        "date             | DATE '2020-01-01' + i",
        "timestamp        | TIMESTAMP '2020-01-01 00:00:00.123456' + i * INTERVAL '1 s'",
        "timestamptz      | TIMESTAMPTZ '2020-01-01 00:00:00.123456+02' + i * INTERVAL '1 s'",
        "time             | TIME '10:00:00.123456' + i * INTERVAL '1 s'",
        "interval         | i * INTERVAL '1 day 1 s'",
        "boolean          | i % 2 = 0",
        "bytea            | decode(lpad(to_hex(i), 8, '0'), 'hex')",
        "uuid             | concat('00000000-0000-0000-0000-', lpad(i::text, 12, '0'))::uuid"
      })
  void typesOfPostgres(String type, String value) throws Exception {
    int rows = type.startsWith("boolean") ? 2 : 20;
    tables.run(
        "CREATE TABLE customers (id %s PRIMARY KEY, name text)".formatted(type),
        "INSERT INTO customers SELECT %s, 'Name' FROM generate_series(1, %d) i"
            .formatted(value, rows));
    allAreFound(tables.config(), "customers", rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "char(8)       | concat('k', x)",
        "real          | x + 0.1",
        "double        | x + 0.1",
        "number(10, 3) | x + 0.100",
        "date          | DATEADD('SECOND', x, TIMESTAMP '2020-01-01 00:00:00')",
        "timestamp     | DATEADD('SECOND', x, TIMESTAMP '2020-01-01 00:00:00.123456')",
        "interval year to month | (x - 10) * INTERVAL '1' MONTH",
        "interval day to second | (x - 10) * INTERVAL '98765.432' SECOND",
        "interval hour | (x - 10) * INTERVAL '1' HOUR"
      })
  void typesOfTheOracleMode(String type, String value) throws Exception {
    try (H2Tables h2 =
        new H2Tables(
            "CREATE TABLE customers (\"id\" %s PRIMARY KEY, \"name\" varchar(80))".formatted(type),
            "INSERT INTO customers SELECT %s, 'Name' FROM system_range(1, 20)".formatted(value))) {
      allAreFound(h2.config(), "CUSTOMERS", 20);
    }
  }

  @Test
  void partsOfAJoinedKey() throws Exception {
    tables.run(
        "CREATE TABLE customers (id text, no real, name text, PRIMARY KEY (id, no))",
        "INSERT INTO customers SELECT 'k' || chr(13) || i, i + 0.1, 'Name'"
            + " FROM generate_series(1, 20) i");
    allAreFound(
        tables.config(),
        TableConfigs.of("customers")
            .joined("External_ID__c", "|", "id", "no")
            .field("name", "Name"),
        20);
  }

  private void allAreFound(SourceConfig source, String table, int rows) throws Exception {
    allAreFound(
        source, TableConfigs.of(table).field("id", "External_ID__c").field("name", "Name"), rows);
  }

  private void allAreFound(SourceConfig source, TableConfigs table, int rows) throws Exception {
    try (LocalMigration migration =
        new LocalMigration(directory, source, table.build()).sampleRows(rows)) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(rows);
    }
  }
}
