package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database whose character set is SQL_ASCII: it takes any bytes for text. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresAsciiTest {
  private static final ChunkBounds ALL = new ChunkBounds.Whole();

  /** {@code Jürgen} in LATIN1, which is not UTF-8. */
  private static final String LATIN = "convert_from('\\x4afc7267656e', 'SQL_ASCII')";

  private final PostgresServer.Database tables;

  PostgresAsciiTest(PostgresServer server) {
    this.tables = server.asciiDatabase();
  }

  @Test
  void textsOfEveryTypeAreReadAsTheyAreStored() {
    tables.run(
        "CREATE TYPE mood AS ENUM ('gut', 'mäßig')",
        "CREATE DOMAIN code AS varchar(9)",
        "CREATE TABLE t (id int, a text, b varchar(9), c char(6), d name, e mood, f code, g json, h"
            + " uuid)",
        "INSERT INTO t VALUES (1, 'ä€😀', 'ß', 'ö', 'ü', 'mäßig', 'é', '{\"k\": \"ñ\"}',"
            + " '00000000-0000-0000-0000-00000000000a')",
        "INSERT INTO t (id) VALUES (2)",
        "INSERT INTO t (id, c) SELECT 3, " + LATIN);
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      List<ColumnRead> reads = new ArrayList<>();
      for (String column : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
        reads.add(new ColumnRead(column, Rendering.TEXT));
      }
      reads.add(new ColumnRead("c", Rendering.PADDED));
      assertThat(rows(database, "t", database.snapshot(), ALL, reads))
          .containsExactlyInAnyOrder(
              List.of(
                  "ä€😀",
                  "ß",
                  "ö",
                  "ü",
                  "mäßig",
                  "é",
                  "{\"k\": \"ñ\"}",
                  "00000000-0000-0000-0000-00000000000a",
                  // Six bytes, two of which are the letter.
                  "ö    "),
              List.of("-", "-", "-", "-", "-", "-", "-", "-", "-"),
              List.of("-", "-", "J\ufffdrgen", "-", "-", "-", "-", "-", "J\ufffdrgen"));
    }
  }

  @Test
  void aQueryIsReadAsItsTablesAre() {
    tables.run("CREATE TABLE t (name text)", "INSERT INTO t SELECT " + LATIN);
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      SourceName query = SourceName.ofQuery("q", "SELECT name FROM t");
      List<ColumnRead> name = List.of(new ColumnRead("name", Rendering.TEXT));
      assertThat(
              SourceRows.rows(
                  database.read(query, ALL, database.snapshot(), name, ZoneOffset.UTC, "test"), 1))
          .containsExactly(List.of("J\ufffdrgen"));
    }
  }

  /** Where a table is cut is asked for as text. */
  @Test
  void aKeyThatIsNoTextBoundsNoChunk() {
    tables.run(
        "CREATE TABLE t (id text PRIMARY KEY)",
        "INSERT INTO t SELECT 'k' || i FROM generate_series(1, 1000) i",
        "INSERT INTO t SELECT %s || i FROM generate_series(1, 1000) i".formatted(LATIN),
        "CREATE VIEW w AS SELECT * FROM t UNION ALL SELECT id FROM t WHERE id LIKE '%7'");
    List<ColumnRead> id = List.of(new ColumnRead("id", Rendering.TEXT));
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("w", Strategy.ROWNUM, 300, "id"), snapshot);
      assertThat(plan.chunks()).hasSizeBetween(3, 5);
      List<List<String>> read = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        read.addAll(rows(database, "w", snapshot, chunk.bounds(), id));
      }
      assertThat(read).hasSize(2_200);
      assertThat(read).filteredOn(row -> row.get(0).startsWith("J\ufffdrgen")).hasSize(1_100);
    }
    tables.run(
        "DELETE FROM t WHERE id NOT LIKE '%7'",
        "ALTER TABLE t RENAME TO u", "ALTER VIEW w RENAME TO t");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(SourceRows.duplicates(database, KeyForm.IGNORE_CASE, 1_000, "id"))
          .hasSize(200)
          .contains(List.of("k7"), List.of("J\ufffdrgen7"));
    }
  }

  @Test
  void theWarningNamesAnExpressionThatConvertsSuchTexts() {
    tables.run("CREATE TABLE t (name text)", "INSERT INTO t SELECT " + LATIN);
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      Finding finding = database.concerns().get(0);
      assertThat(finding.code()).isEqualTo("SOURCE_CHARACTER_SET");
      assertThat(finding.message()).contains("SQL_ASCII", "rows with other bytes are quarantined");
      String expression = finding.remedy().replaceFirst("(?s).*say: (.*)\\.", "$1");
      tables.run(
          "CREATE VIEW w AS SELECT %s AS name FROM t"
              .formatted(expression.replace("column", "name")));
      assertThat(
              rows(
                  database,
                  "w",
                  database.snapshot(),
                  ALL,
                  List.of(new ColumnRead("name", Rendering.TEXT))))
          .containsExactly(List.of("Jürgen"));
    }
  }

  /** Where the server converts, it cannot hand out what it has no letter for. */
  @Test
  void aByteWithoutALetterIsNamedWithAViewThatLeavesItOut(PostgresServer server) {
    PostgresServer.Database windows =
        server.database("TEMPLATE template0 ENCODING 'WIN1252' LC_COLLATE 'C' LC_CTYPE 'C'");
    windows.run(
        "CREATE TABLE t (name text)",
        "INSERT INTO t VALUES ('J' || chr(252) || 'rgen')",
        "INSERT INTO t VALUES ('a' || chr(129) || 'b')");
    List<ColumnRead> name = List.of(new ColumnRead("name", Rendering.TEXT));
    try (SourceDatabase database = SourceDatabase.open(windows.config())) {
      Snapshot snapshot = database.snapshot();
      assertThatThrownBy(() -> rows(database, "t", snapshot, ALL, name))
          .isInstanceOfSatisfying(
              Failure.class,
              f -> {
                assertThat(f.code()).isEqualTo("SOURCE_READ");
                assertThat(f).hasMessageContaining("0x81");
                String leftOut = f.remedy().replaceFirst("(?s).*view: (.*), for.*", "$1");
                windows.run(
                    "CREATE VIEW w AS SELECT %s AS name FROM t"
                        .formatted(leftOut.replace("column", "name")));
              });
      assertThat(rows(database, "w", database.snapshot(), ALL, name))
          .containsExactly(List.of("Jürgen"), List.of("ab"));
    }
  }

  private static List<List<String>> rows(
      SourceDatabase database,
      String table,
      Snapshot snapshot,
      ChunkBounds bounds,
      List<ColumnRead> reads) {
    return SourceRows.rows(
        database.read(new SourceName("", table), bounds, snapshot, reads, ZoneOffset.UTC, "test"),
        reads.size());
  }
}
