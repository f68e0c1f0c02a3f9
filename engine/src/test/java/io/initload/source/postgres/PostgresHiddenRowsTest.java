package io.initload.source.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.Failure;
import io.initload.config.Chunking;
import io.initload.config.Chunking.Strategy;
import io.initload.config.SourceConfig;
import io.initload.config.SourceConfigs;
import io.initload.config.SourceName;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Finding;
import io.initload.mapping.KeyForm;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkPlan;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import io.initload.source.PostgresServer;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceRows;
import io.initload.source.TableShape;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that a server shows to some and not to others, and tables of which not all is allowed. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class PostgresHiddenRowsTest {
  private static final List<ColumnRead> ID = List.of(new ColumnRead("id", Rendering.TEXT));

  private final PostgresServer.Database tables;

  PostgresHiddenRowsTest(PostgresServer server) {
    this.tables = server.database();
  }

  @Test
  void childrenAreReadWithTheirParentAndNamed() {
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "CREATE TABLE u () INHERITS (t)",
        "CREATE TABLE v () INHERITS (u)",
        "INSERT INTO t SELECT generate_series(1, 40)",
        "INSERT INTO u SELECT generate_series(41, 80)",
        "INSERT INTO v SELECT generate_series(80, 99)");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThat(database.concerns(name("t")))
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.code()).isEqualTo("SOURCE_INHERITANCE");
                assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING);
                assertThat(f.message())
                    .isEqualTo(
                        "2 tables inherit from public.t, and their rows are read with its own: u,"
                            + " v.");
              });
      assertThat(database.shape(name("t")).unique(List.of("id")))
          .as("the parent's key does not hold for its children: 80 is there twice")
          .isFalse();
      Snapshot snapshot = database.snapshot();
      TableConfig table = table("t").with(new Chunking(Strategy.AUTO, 30, 0));
      ChunkPlan plan = database.plan(table, snapshot);
      assertThat(plan.rows()).isEqualTo(100);
      assertThat(plan.chunks()).hasSize(4);
      tables.run("INSERT INTO v VALUES (100)");
      List<String> read = new ArrayList<>();
      for (PlannedChunk chunk : plan.chunks()) {
        SourceRows.rows(
                database.read(name("t"), chunk.bounds(), snapshot, ID, ZoneOffset.UTC, "test"), 1)
            .forEach(row -> read.add(row.get(0)));
      }
      assertThat(read).hasSize(100).contains("1", "41", "99").doesNotContain("100");
    }
  }

  @Test
  void aPolicyThatWouldHideRowsIsAnErrorWithItsRemedy() {
    SourceConfig reader = reader("guarded");
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "INSERT INTO t VALUES (1), (2)",
        "GRANT SELECT ON t TO guarded",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY odd ON t FOR SELECT USING (id % 2 = 1)");
    try (SourceDatabase database = SourceDatabase.open(reader)) {
      assertThatThrownBy(() -> database.shape(name("t")))
          .isInstanceOfSatisfying(
              Failure.class,
              f -> {
                assertThat(f.code()).isEqualTo("SOURCE_ROW_SECURITY");
                assertThat(f.remedy()).contains("ALTER ROLE \"guarded\" BYPASSRLS");
              });
    }
    tables.run("ALTER ROLE guarded BYPASSRLS");
    try (SourceDatabase database = SourceDatabase.open(reader)) {
      assertThat(database.count(table("t"), database.snapshot())).isEqualTo(2);
    }
  }

  /** A view shows what its owner may see. */
  @Test
  void aPolicyBelowAViewIsAnError() {
    SourceConfig reader = reader("viewer");
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "CREATE ROLE view_owner",
        "GRANT SELECT ON t TO view_owner",
        "CREATE VIEW w AS SELECT * FROM t",
        "ALTER VIEW w OWNER TO view_owner",
        "GRANT SELECT ON w TO viewer");
    try (SourceDatabase database = SourceDatabase.open(reader)) {
      assertThatThrownBy(() -> database.probe(name("w")))
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_ROW_SECURITY"));
    }
  }

  @Test
  void aMaterializedViewIsCutByBlocksAndKeptFromARefresh() {
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "INSERT INTO t SELECT generate_series(1, 20000)",
        "CREATE MATERIALIZED VIEW m AS SELECT * FROM t",
        "ANALYZE m");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      database.rehearse(table("m"), ID, ID, KeyForm.EXACT);
      Snapshot snapshot = database.snapshot();
      ChunkPlan plan =
          database.plan(table("m").with(new Chunking(Strategy.AUTO, 5_000, 0)), snapshot);
      assertThat(plan.strategy()).isEqualTo(Strategy.ROWID);
      assertThat(plan.rows()).isEqualTo(20_000);
      assertThatThrownBy(() -> tables.run("SET lock_timeout = 100", "REFRESH MATERIALIZED VIEW m"))
          .hasMessageContaining("lock");
      assertThat(database.count(table("m"), snapshot)).isEqualTo(20_000);
    }
  }

  @Test
  void rightsOnSomeColumnsAreEnoughForThem() {
    SourceConfig reader = reader("clerk");
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY, wage int)",
        "INSERT INTO t SELECT generate_series(1, 20000)",
        "GRANT SELECT (id) ON t TO clerk");
    try (SourceDatabase database = SourceDatabase.open(reader)) {
      assertThat(database.shape(name("t")).kind()).isEqualTo(TableShape.Kind.OTHER);
      Chunking small = new Chunking(Strategy.AUTO, 5_000, 0);
      database.rehearse(table("t").with(small), ID, ID, KeyForm.EXACT);
      Snapshot snapshot = database.snapshot();
      assertThat(database.plan(table("t").with(small), snapshot).chunks()).hasSize(4);
      List<ColumnRead> wage = List.of(new ColumnRead("wage", Rendering.TEXT));
      assertThatThrownBy(() -> database.rehearse(table("t"), wage, ID, KeyForm.EXACT))
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_PRIVILEGE"));
    }
  }

  /** What one table is refused for must not end the snapshot that all are read at. */
  @Test
  void aTableThatCannotBeHeldEndsNoOther() {
    SourceConfig reader = reader("stranger");
    tables.run(
        "CREATE TABLE t (id int PRIMARY KEY)",
        "CREATE TABLE u (id int PRIMARY KEY)",
        "INSERT INTO u VALUES (1)",
        "GRANT SELECT ON t, u TO stranger");
    try (SourceDatabase database = SourceDatabase.open(reader)) {
      Snapshot snapshot = database.snapshot();
      database.shape(name("t"));
      tables.run("REVOKE SELECT ON t FROM stranger");
      assertThatThrownBy(() -> database.plan(table("t"), snapshot))
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_PRIVILEGE"));
      assertThat(database.holds(snapshot)).isTrue();
      assertThat(database.plan(table("u"), snapshot).rows()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ROWID", "PARTITION", "HASH"})
  void aStrategyThatTheKindOfTableDoesNotHaveIsKnownBeforeItIsPlanned(Strategy strategy) {
    tables.run("CREATE TABLE t (id int)", "CREATE VIEW w AS SELECT * FROM t");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      TableConfig table = table("w").with(new Chunking(strategy, 10, 0));
      assertThatThrownBy(() -> database.rehearse(table, ID, ID, KeyForm.EXACT))
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.code()).isEqualTo("SOURCE_STRATEGY"));
    }
  }

  /** The statements of a plan are those of no rows as well. */
  @Test
  void aMaterializedViewThatWasNeverFilledIsKnownBeforeItIsPlanned() {
    tables.run(
        "CREATE TABLE t (id int)", "CREATE MATERIALIZED VIEW m AS SELECT * FROM t WITH NO DATA");
    try (SourceDatabase database = SourceDatabase.open(tables.config())) {
      assertThatThrownBy(() -> database.probe(name("m")))
          .hasMessageContaining("has not been populated");
    }
  }

  private SourceConfig reader(String user) {
    tables.run(
        "DROP ROLE IF EXISTS " + user, "CREATE ROLE %s LOGIN PASSWORD 's3cret'".formatted(user));
    return SourceConfigs.like(tables.config()).login(user, "s3cret").build();
  }

  private static TableConfig table(String table) {
    return TableConfigs.of(table).chunkRows(1_000).field("id", "External_ID__c").build();
  }

  private static SourceName name(String table) {
    return new SourceName("", table);
  }
}
