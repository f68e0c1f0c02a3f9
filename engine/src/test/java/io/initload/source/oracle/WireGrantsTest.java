package io.initload.source.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.config.SourceName;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import io.initload.source.SourceRows;
import io.initload.source.WireOracle;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What must be granted for tables that are read by others than their owners, and from files. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireGrantsTest {
  private final WireOracle oracle;
  private final WireOracle.User reader;

  WireGrantsTest(WireOracle oracle) {
    this.oracle = oracle;
    this.reader = oracle.user("SELECT ON SYS.V_$DATABASE");
  }

  @Test
  void whatThePlanPrintsIsEnoughForAViewOfAnothersTable() {
    WireOracle.User owner = oracle.user();
    WireOracle.User viewer = oracle.user();
    owner.run(
        "CREATE TABLE t (id NUMBER(9) PRIMARY KEY)",
        "INSERT INTO t SELECT LEVEL FROM DUAL CONNECT BY LEVEL <= 30",
        "GRANT SELECT ON t TO " + viewer.name());
    viewer.run(
        "CREATE VIEW v AS SELECT id FROM %s.t".formatted(owner.name()),
        "GRANT SELECT, FLASHBACK ON v TO " + reader.name());
    SourceName view = new SourceName(viewer.name(), "V");
    try (SourceDatabase database = SourceDatabase.open(reader.config())) {
      assertThatThrownBy(() -> read(database, view))
          .isInstanceOfSatisfying(
              SourceFailure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_PRIVILEGE"));
      List<String> grants = database.access(List.of(view)).grants();
      assertThat(grants)
          .filteredOn(grant -> grant.endsWith("WITH GRANT OPTION"))
          .containsExactly(
              "GRANT SELECT, FLASHBACK ON \"%s\".\"T\" TO \"%s\" WITH GRANT OPTION"
                  .formatted(owner.name(), viewer.name()));
      oracle.run(grants.toArray(String[]::new));
      assertThat(read(database, view)).hasSize(30);
    }
  }

  @Test
  void theDirectoryOfAnExternalTableIsAskedFor() {
    reader.run(
        "CREATE TABLE files (id NUMBER(9)) ORGANIZATION EXTERNAL (TYPE ORACLE_LOADER DEFAULT"
            + " DIRECTORY load_dir ACCESS PARAMETERS (RECORDS DELIMITED BY NEWLINE) LOCATION"
            + " ('a.csv'))");
    try (SourceDatabase database = SourceDatabase.open(reader.config())) {
      assertThat(database.access(List.of(new SourceName("", "FILES"))).grants())
          .contains("GRANT READ ON DIRECTORY \"LOAD_DIR\" TO \"%s\"".formatted(reader.name()));
    }
  }

  @Test
  void aViewOverALinkIsNamed() {
    reader.run("CREATE TABLE t (id NUMBER(9))", "CREATE VIEW v AS SELECT id FROM t");
    SourceName view = new SourceName("", "V");
    try (SourceDatabase database = SourceDatabase.open(reader.config())) {
      assertThat(database.concerns(view)).isEmpty();
      oracle
          .postgres()
          .run(
              "INSERT INTO ora.dependencies VALUES ('%s', 'V', 'CRM', 'ORDERS', 'TABLE', 'FAR')"
                  .formatted(reader.name()));
      assertThat(database.concerns(view))
          .extracting(Finding::code)
          .containsExactly("SOURCE_VIEW_LINK");
    }
  }

  private static List<List<String>> read(SourceDatabase database, SourceName table) {
    return SourceRows.rows(
        database.read(
            table,
            new ChunkBounds.Whole(),
            database.snapshot(),
            List.of(new ColumnRead("ID", Rendering.TEXT)),
            ZoneOffset.UTC,
            "test"),
        1);
  }
}
