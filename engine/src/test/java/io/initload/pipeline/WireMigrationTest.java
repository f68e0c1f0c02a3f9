package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.TableConfig;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole migrations by the real driver, over a socket, from the stand-in for Oracle. What is
 * expected is asked of PostgreSQL, which is behind it.
 */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireMigrationTest {
  private static final int ROWS = 3_000;

  private static final String[] COLUMNS_AND_FIELDS = {
    "amount", "Credit_Limit__c",
    "made", "Customer_Since__c",
    "memo", "Description",
    "zoned", "Site",
    "fixed", "AccountNumber",
    "share", "BillingLatitude",
    "bytes", "BillingPostalCode",
    "span", "BillingCity",
    "tree", "BillingState",
    "doc", "SicDesc",
    "place", "Sic"
  };

  private static final String TABLE =
      """
      CREATE TABLE t ("id" NUMBER(9) PRIMARY KEY, "name" NVARCHAR2(40), "amount" NUMBER(14,2),
        "made" DATE, "memo" CLOB, "zoned" TIMESTAMP(6) WITH TIME ZONE, "fixed" CHAR(8),
        "share" BINARY_DOUBLE, "bytes" RAW(8), "span" INTERVAL DAY(4) TO SECOND(3), "tree" XMLTYPE,
        "doc" JSON, "place" ROWID)\
      """;

  private static final String FILLED =
      """
      INSERT INTO t ("id", "name", "amount", "made", "memo", "zoned", "fixed", "share", "bytes",
        "span", "tree", "doc")
      SELECT i, UNISTR('\\6f22\\d83d\\de00') || i, i * 7 / 100, DATE '1999-12-31' + i,
        CASE WHEN MOD(i, 500) = 0 THEN TO_CLOB(RPAD('x', 4000, 'yz')) || RPAD('z', 4000, 'é') END,
        FROM_TZ(TIMESTAMP '2024-03-31 00:30:00.123456' + NUMTODSINTERVAL(i, 'MINUTE'),
          CASE MOD(i, 2) WHEN 0 THEN '+05:30' ELSE 'Europe/Paris' END),
        'a' || i, MOD(i, 90) / 8, HEXTORAW(LPAD(TO_CHAR(i, 'FMXXXX'), 8, '0')),
        NUMTODSINTERVAL(i, 'SECOND'), XMLTYPE('<a>' || i || '</a>'), '{"n":' || i || '}'
      FROM (SELECT LEVEL i FROM DUAL CONNECT BY LEVEL <= %d)\
      """
          .formatted(ROWS);

  @TempDir Path directory;

  private final WireOracle oracle;

  WireMigrationTest(WireOracle oracle) {
    this.oracle = oracle;
  }

  @Test
  void aTableOfAllTypesArrivesAsPostgresTellsIt() throws Exception {
    WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
    user.run(TABLE, FILLED, "UPDATE t SET \"place\" = ROWID WHERE \"id\" <= 5");
    try (LocalMigration migration = migration(user)) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(migration.loaded("Name")).isEqualTo(told(user, "\"name\""));
      assertThat(migration.loaded("Credit_Limit__c"))
          .isEqualTo(told(user, "trim_scale(\"amount\")"));
      assertThat(migration.loaded("Customer_Since__c"))
          .isEqualTo(told(user, "to_char(\"made\", 'YYYY-MM-DD')"));
      assertThat(migration.loaded("Description")).isEqualTo(told(user, "\"memo\""));
      assertThat(migration.loaded("Site"))
          .isEqualTo(told(user, "to_char((\"zoned\").at, 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
      assertThat(migration.loaded("AccountNumber")).isEqualTo(told(user, "rtrim(\"fixed\"::text)"));
      assertThat(migration.loaded("BillingLatitude")).isEqualTo(told(user, "\"share\""));
      assertThat(migration.loaded("BillingPostalCode"))
          .isEqualTo(told(user, "encode(\"bytes\", 'hex')"));
      assertThat(migration.loaded("BillingState")).isEqualTo(told(user, "\"tree\""));
      assertThat(migration.loaded("SicDesc")).isEqualTo(told(user, "\"doc\""));
      assertThat(new TreeSet<>(migration.loaded("Sic").values()))
          .as("five addresses of rows, and none")
          .hasSize(6)
          .allMatch(place -> place.isEmpty() || place.length() == 18);
      Certificate certificate = migration.certificate();
      assertThat(certificate.booksClosed()).isTrue();
    }
  }

  private LocalMigration migration(WireOracle.User user) {
    TableConfig table = LocalMigration.table("T", 1_000, COLUMNS_AND_FIELDS);
    return new LocalMigration(directory, user.config(), table);
  }

  /** By id; a null is an empty field. */
  private Map<String, String> told(WireOracle.User user, String expression) throws SQLException {
    Map<String, String> told = new TreeMap<>();
    String sql = "SELECT \"id\", %s FROM \"%s\".\"T\"".formatted(expression, user.name());
    try (Connection connection = oracle.postgres().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        told.put(rows.getString(1), rows.getString(2) == null ? "" : rows.getString(2));
      }
    }
    return told;
  }

  /** Each rung of the ladder of privileges, and what is said of it. */
  @Test
  void aTableIsCutByWhatTheUserMayAsk() throws Exception {
    WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
    user.run(TABLE, FILLED);
    try (LocalMigration migration = migration(user)) {
      assertThat(migration.plan().snapshot()).startsWith("SCN ");
      assertThat(migration.plan().tables().get(0).cost())
          .contains("a task of DBMS_PARALLEL_EXECUTE");
      oracle.revoked(
          "DBMS_PARALLEL_EXECUTE",
          () ->
              assertThat(migration.plan().tables().get(0))
                  .satisfies(
                      table -> {
                        assertThat(table.cost()).contains("a sample of its blocks");
                        assertThat(table.reason()).contains("ORA-00942").contains("ORA-06550");
                      }));
      oracle.run(
          "GRANT SELECT ON SYS.DBA_EXTENTS TO " + user.name(),
          "GRANT SELECT ON SYS.DBA_OBJECTS TO " + user.name());
      assertThat(migration.plan().tables().get(0).cost()).contains("one query on DBA_EXTENTS");
    }
  }
}
