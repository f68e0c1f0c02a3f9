package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.H2Tables;
import io.initload.source.SourceDatabase;
import io.initload.source.WireOracle;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a query asks of an Oracle beside what a table does: sessions that are put back. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireQueryTest {
  private static final SourceName QUERY =
      SourceName.ofQuery("joined", "SELECT a.id, b.id AS other FROM a JOIN b ON b.id = a.id");
  private static final ChunkBounds ALL = new ChunkBounds.Whole();

  private final WireOracle oracle;

  WireQueryTest(WireOracle oracle) {
    this.oracle = oracle;
  }

  private WireOracle.User user(String... grants) throws SQLException {
    WireOracle.User user = oracle.user(grants);
    for (String table : List.of("a", "b")) {
      user.run("CREATE TABLE " + table + " (id NUMBER(9) PRIMARY KEY)");
      user.run("INSERT INTO " + table + " SELECT LEVEL FROM DUAL CONNECT BY LEVEL <= 10");
    }
    return user;
  }

  @Test
  void aSessionIsGivenBackToThePresent() throws SQLException {
    WireOracle.User user = user("SELECT ON SYS.V_$DATABASE", "EXECUTE ON SYS.DBMS_FLASHBACK");
    SourceConfig one = SourceConfigs.like(user.config()).sessions(1).build();
    try (SourceDatabase database = SourceDatabase.open(one)) {
      Snapshot before = database.snapshot();
      user.run("DELETE FROM b WHERE id > 7");
      assertThat(database.count(QUERY, ALL, before)).isEqualTo(10);
      assertThat(database.count(QUERY, ALL, Snapshot.UNMARKED)).isEqualTo(7);
      assertThat(database.count(QUERY, ALL, before)).isEqualTo(10);
      assertThat(database.count(new SourceName("", "B"), ALL, before)).isEqualTo(10);
    }
  }

  @Test
  void whoMayNotPutSessionsBackIsToldAndMayVouchInstead() throws SQLException {
    WireOracle.User user = user("SELECT ON SYS.V_$DATABASE");
    try (SourceDatabase database = SourceDatabase.open(user.config())) {
      assertThatThrownBy(() -> database.probe(QUERY))
          .isInstanceOfSatisfying(
              Failure.class,
              e -> {
                assertThat(e.code()).isEqualTo("SOURCE_QUERY_SNAPSHOT");
                assertThat(e.remedy()).contains("GRANT EXECUTE ON SYS.DBMS_FLASHBACK TO");
              });
      assertThat(database.access(List.of(QUERY)).grants())
          .anyMatch(grant -> grant.startsWith("GRANT EXECUTE ON SYS.DBMS_FLASHBACK TO"))
          .noneMatch(grant -> grant.contains("joined"));
      assertThat(database.concerns(QUERY))
          .singleElement()
          .satisfies(f -> assertThat(f.code()).isEqualTo("SOURCE_QUERY_UNSEEN"));
    }
    SourceConfig frozen =
        SourceConfigs.like(user.config()).consistency(SourceConfig.Consistency.FROZEN).build();
    try (SourceDatabase database = SourceDatabase.open(frozen)) {
      database.probe(QUERY);
      assertThat(database.count(QUERY, ALL, database.snapshot())).isEqualTo(10);
    }
  }

  /** The same text is another query to another user, and a table's name says whose it is. */
  @Test
  void aQueryIsKnownByWhoReadsItAndWhere() throws SQLException {
    WireOracle.User one = user();
    WireOracle.User other = user();
    for (WireOracle.User user : List.of(one, other)) {
      String name = user.name();
      try (SourceDatabase database = SourceDatabase.open(user.config())) {
        assertThat(database.origin(QUERY))
            .isEqualTo("joined, read by %s in %s".formatted(name, name));
        assertThat(database.origin(new SourceName("", "A"))).isEqualTo(name + ".A");
      }
    }
  }

  @Test
  void whoMustAllowTheStatementsIsShownThemAll() throws SQLException {
    WireOracle.User user = user("SELECT ON SYS.V_$DATABASE", "EXECUTE ON SYS.DBMS_FLASHBACK");
    try (SourceDatabase database = SourceDatabase.open(user.config())) {
      Snapshot snapshot = database.snapshot();
      TableConfig table =
          TableConfigs.like(H2Tables.table("joined", Strategy.AUTO, 5, "ID")).source(QUERY).build();
      List<ColumnRead> id = List.of(new ColumnRead("ID", Rendering.NUMBER));
      assertThat(
              database.statements(
                  table, database.plan(table, snapshot), snapshot, id, id, KeyForm.EXACT))
          .contains(OracleCatalogue.REWIND, OracleCatalogue.FORWARD)
          .anyMatch(statement -> statement.contains("(" + QUERY.query() + ") t"))
          .noneMatch(statement -> statement.contains("AS OF"));
    }
  }
}
