package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import io.initload.source.WireOracle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the real driver makes of rarer types, tables and calls on the stand-in for Oracle. What is
 * expected is asked of PostgreSQL, which is behind it.
 */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireTypesTest {
  private final WireOracle oracle;
  private final WireOracle.User user;

  WireTypesTest(WireOracle oracle) {
    this.oracle = oracle;
    this.user = oracle.user("SELECT ON SYS.V_$DATABASE");
  }

  /** Up to 59,059 characters: within a packet, over several, within and beyond what comes along. */
  @ParameterizedTest
  @CsvSource({"LONG, TEXT", "CLOB, TEXT", "NCLOB, TEXT"})
  void longTextsOfEachLengthAreReadWhole(String type, Rendering rendering) throws SQLException {
    user.run("CREATE TABLE t (id NUMBER(9) PRIMARY KEY, v %s)".formatted(type));
    fill("repeat('aé漢😀', n / 4) || n", "text");
    assertThat(read("V", rendering)).isEqualTo(told("v"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLOB", "LONG RAW"})
  void longBytesOfEachLengthAreReadWhole(String type) throws SQLException {
    user.run("CREATE TABLE t (id NUMBER(9) PRIMARY KEY, v %s)".formatted(type));
    fill("decode(repeat('00ff7f80', n / 4) || '01', 'hex')", "bytea");
    assertThat(read("V", Rendering.TEXT)).isEqualTo(told("encode(v, 'hex')"));
    List<List<String>> byDriver = new ArrayList<>();
    try (Connection connection = user.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, v FROM t ORDER BY id")) {
      while (rows.next()) {
        String id = rows.getString(1);
        byte[] bytes = rows.getBytes(2);
        byDriver.add(List.of(id, bytes == null ? "-" : hex(bytes)));
      }
    }
    assertThat(byDriver).isEqualTo(told("encode(v, 'hex')"));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void booleansAreTheDatabasesOwn() throws SQLException {
    user.run(
        "CREATE TABLE t (id NUMBER(9) PRIMARY KEY, v BOOLEAN)",
        "INSERT INTO t VALUES (1, TRUE)",
        "INSERT INTO t VALUES (2, FALSE)",
        "INSERT INTO t (id) VALUES (3)");
    assertThat(read("V", Rendering.BOOLEAN)).isEqualTo(told("v::text"));
    try (Connection connection = user.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT v FROM t ORDER BY id")) {
      List<Object> byDriver = new ArrayList<>();
      while (rows.next()) {
        byDriver.add(String.valueOf(rows.getObject(1)));
      }
      assertThat(byDriver).containsExactly("true", "false", "null");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ORGANIZATION INDEX, , KEY",
    "ORGANIZATION INDEX, , AUTO",
    "CLUSTER c (id), CREATE CLUSTER c (id NUMBER(9)), AUTO",
    "CLUSTER c (id), CREATE CLUSTER c (id NUMBER(9)), KEY"
  })
  void tablesOfOtherOrganizationsAreReadOnce(String how, String before, Strategy strategy)
      throws SQLException {
    if (before != null) {
      user.run(before);
    }
    user.run(
        "CREATE TABLE t (id NUMBER(9) PRIMARY KEY, v VARCHAR2(40)) " + how,
        "INSERT INTO t SELECT LEVEL, 'v' || LEVEL FROM DUAL CONNECT BY LEVEL <= 3000");
    try (SourceDatabase database = SourceDatabase.open(user.config())) {
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan = database.plan(H2Tables.table("T", strategy, 500, "ID"), snapshot);
      assertThat(plan.chunks()).hasSizeGreaterThan(3);
      user.run("UPDATE t SET v = 'other' WHERE MOD(id, 2) = 0", "DELETE FROM t WHERE id > 2900");
      List<List<String>> rows = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        rows.addAll(
            SourceRows.rows(
                database.read(
                    new SourceName("", "T"),
                    chunk.bounds(),
                    snapshot,
                    List.of(
                        new ColumnRead("ID", Rendering.TEXT), new ColumnRead("V", Rendering.TEXT)),
                    ZoneOffset.UTC,
                    "test"),
                2));
      }
      assertThat(rows).hasSize(3_000).doesNotHaveDuplicates();
      assertThat(rows).allMatch(row -> row.get(1).equals("v" + row.get(0)));
    }
  }

  /** The driver breaks the call; the session goes on afterwards. */
  /** Keys of several columns, by the hundred: the call is longer than a packet. */
  @ParameterizedTest
  @ValueSource(ints = {100, 400, 900})
  void aCallWithManyBindsIsReadWhole(int binds) throws SQLException {
    String marks = String.join(", ", Collections.nCopies(binds, "?"));
    try (Connection connection = user.connect();
        PreparedStatement query =
            connection.prepareStatement("SELECT 1 FROM DUAL WHERE 'last' IN (" + marks + ")")) {
      for (int i = 1; i <= binds; i++) {
        query.setString(i, i == binds ? "last" : "no " + "x".repeat(i % 90));
      }
      try (ResultSet rows = query.executeQuery()) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void aStatementIsCancelledAndTheSessionGoesOn() throws Exception {
    try (Connection connection = user.connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<Void> cancelled =
          CompletableFuture.runAsync(
              () -> {
                try {
                  awaitRunning();
                  statement.cancel();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(
              () ->
                  statement.executeQuery(
                      "SELECT COUNT(*) FROM (SELECT LEVEL i FROM DUAL CONNECT BY LEVEL <="
                          + " 2000000000)"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getErrorCode()).isEqualTo(1013));
      cancelled.get();
      try (ResultSet rows = statement.executeQuery("SELECT 42 FROM DUAL")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(42);
      }
    }
  }

  private void awaitRunning() throws SQLException {
    String running =
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'FETCH%'"
            + " AND datname = current_database()";
    while (oracle.postgres().single(running).equals("0")) {
      Thread.onSpinWait();
    }
  }

  private void fill(String value, String type) {
    oracle
        .postgres()
        .run(
            "INSERT INTO \"%s\".\"T\" (\"ID\", \"V\") SELECT i, (%s)::%s FROM (SELECT i, (3 ^ i)::int + i n FROM generate_series(1, 10) i) q"
                .formatted(user.name(), value, type),
            "INSERT INTO \"%s\".\"T\" (\"ID\") VALUES (11)".formatted(user.name()));
  }

  private List<List<String>> read(String column, Rendering rendering) {
    try (SourceDatabase database = SourceDatabase.open(user.config())) {
      List<List<String>> rows =
          new ArrayList<>(
              SourceRows.rows(
                  database.read(
                      new SourceName("", "T"),
                      new ChunkBounds.Whole(),
                      database.snapshot(),
                      List.of(
                          new ColumnRead("ID", Rendering.TEXT), new ColumnRead(column, rendering)),
                      ZoneOffset.UTC,
                      "test"),
                  2));
      rows.sort(Comparator.comparing(row -> Integer.valueOf(row.get(0))));
      return rows;
    }
  }

  /** By id; {@code -} stands for null. */
  private List<List<String>> told(String expression) throws SQLException {
    List<List<String>> told = new ArrayList<>();
    String sql =
        "SELECT \"ID\", %s FROM (SELECT \"ID\", \"V\" v FROM \"%s\".\"T\") q ORDER BY 1"
            .formatted(expression, user.name());
    try (Connection connection = oracle.postgres().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String value = rows.getString(2);
        told.add(List.of(rows.getString(1), value == null ? "-" : value));
      }
    }
    return told;
  }
}
