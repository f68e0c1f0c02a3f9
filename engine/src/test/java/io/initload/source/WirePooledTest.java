package io.initload.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.SourceConfig;
import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that clients share (DRCP): docs/oracle.md, "Addresses". */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WirePooledTest {
  private static final String LEFT =
      "SELECT SYS_CONTEXT('USERENV', 'CURRENT_SCHEMA'), COUNT(*) FROM %s.orders";

  private final WireOracle oracle;
  private final WireOracle.User user;
  private final WireOracle.User other;
  private final String pooled;

  WirePooledTest(WireOracle oracle) {
    this.oracle = oracle;
    user = oracle.user("SELECT ON SYS.V_$DATABASE", "EXECUTE ON SYS.DBMS_FLASHBACK");
    other = oracle.user();
    pooled = address("(SERVER=POOLED)");
  }

  private String address(String more) {
    return ("jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=tcp)(HOST=localhost)(PORT=%d))"
            + "(CONNECT_DATA=(SERVICE_NAME=STANDIN)%s))")
        .formatted(oracle.port(), more);
  }

  @Test
  void nothingThatAnotherClientLeftInASharedServerIsFound() throws SQLException {
    other.run(
        "CREATE TABLE orders (id NUMBER(9))",
        "INSERT INTO orders VALUES (66)",
        "GRANT SELECT ON orders TO " + user.name());
    user.run("CREATE TABLE orders (id NUMBER(9))", "INSERT INTO orders VALUES (1)");
    try (Connection before = client();
        Statement statement = before.createStatement()) {
      long scn;
      try (ResultSet now = statement.executeQuery("SELECT CURRENT_SCN FROM V$DATABASE")) {
        now.next();
        scn = now.getLong(1);
      }
      user.run("INSERT INTO orders VALUES (2)");
      statement.execute("ALTER SESSION SET CURRENT_SCHEMA = " + other.name());
      statement.execute(
          "BEGIN DBMS_FLASHBACK.ENABLE_AT_SYSTEM_CHANGE_NUMBER(%d); END;".formatted(scn));
    }
    try (Connection next = client();
        Statement statement = next.createStatement();
        ResultSet left = statement.executeQuery(LEFT.formatted(user.name()))) {
      left.next();
      assertThat(left.getString(1)).as("of one that asks for nothing").isEqualTo(other.name());
      assertThat(left.getInt(2)).isEqualTo(1);
    }
    try (SourceDatabase database = SourceDatabase.open(user.config(pooled))) {
      assertThat(ids(database, new SourceName("", "ORDERS"))).containsExactlyInAnyOrder("1", "2");
      assertThat(ids(database, SourceName.ofQuery("orders", "SELECT id FROM orders")))
          .containsExactlyInAnyOrder("1", "2");
    }
  }

  private static List<String> ids(SourceDatabase database, SourceName rows) {
    return SourceRows.rows(
            database.read(
                rows,
                new ChunkBounds.Whole(),
                database.snapshot(),
                List.of(new ColumnRead("ID", Rendering.NUMBER)),
                ZoneOffset.UTC,
                "test"),
            1)
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  private Connection client() throws SQLException {
    return DriverManager.getConnection(pooled, user.name(), user.password());
  }

  @Test
  void aServerThatMayChangeWithinASessionIsRefused() {
    SourceConfig config = user.config(address("(SERVER=POOLED)(POOL_BOUNDARY=TRANSACTION)"));
    assertThatThrownBy(() -> SourceDatabase.open(config))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.code()).isEqualTo("SOURCE_CONNECT"))
        .hasMessageContaining("POOL_BOUNDARY");
  }
}
