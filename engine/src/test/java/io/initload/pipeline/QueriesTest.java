package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prepare.MigrationPlan;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of queries in the place of tables. */
@Tag("system")
class QueriesTest {
  private static final String QUERY =
      "SELECT T.\"id\", T.\"name\" || ' of ' || G.\"label\" AS \"name\" FROM \"T\" T JOIN \"G\" G"
          + " ON G.\"id\" = MOD(T.\"id\", 7)";

  @TempDir private Path directory;
  private H2Tables source;

  @BeforeEach
  void fill() {
    source =
        new H2Tables(
            "CREATE TABLE \"T\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40))",
            "INSERT INTO \"T\" SELECT X, 'row ' || X FROM SYSTEM_RANGE(1, 700)",
            "CREATE TABLE \"G\" (\"id\" NUMBER(9) PRIMARY KEY, \"label\" VARCHAR2(40))",
            "INSERT INTO \"G\" SELECT X, 'group ' || X FROM SYSTEM_RANGE(1, 6)");
  }

  @AfterEach
  void close() {
    source.close();
  }

  private LocalMigration migration(String query) {
    return new LocalMigration(
        directory,
        source.config(),
        TableConfigs.like(LocalMigration.table("grouped", 100))
            .source(SourceName.ofQuery("grouped", query))
            .build());
  }

  @Test
  void aJoinIsCutLoadedComparedAndShownWhole() throws Exception {
    try (LocalMigration migration = migration(QUERY)) {
      MigrationPlan plan = migration.plan();
      assertThat(plan.tables().get(0).chunks()).isGreaterThan(4);
      assertThat(plan.tables().get(0).readSql()).contains("FROM (" + QUERY + ") t WHERE");

      assertThat(migration.run().failures()).isEmpty();
      Map<String, String> wanted = new TreeMap<>();
      IntStream.rangeClosed(1, 700)
          .filter(i -> i % 7 > 0)
          .forEach(i -> wanted.put("" + i, "row " + i + " of group " + i % 7));
      assertThat(migration.loaded("Name")).isEqualTo(wanted);

      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(Certificate.Table::source, Certificate.Table::snapshotRows)
          .containsExactly(tuple("grouped", 600L));
      assertThat(certificate.notes()).contains("grouped: its source is the query " + QUERY + ".");
    }
  }

  @Test
  void anotherQueryUnderTheNameOfOneThatIsLoadedIsAnotherMapping() throws Exception {
    try (LocalMigration migration = migration(QUERY)) {
      assertThat(migration.run().failures()).isEmpty();
      String other = QUERY + " WHERE G.\"id\" > 1";
      migration.tables(
          t -> TableConfigs.like(t).source(SourceName.ofQuery("grouped", other)).build());
      assertThat(migration.run().failures())
          .singleElement()
          .satisfies(e -> assertThat(e.code()).isEqualTo("MAPPING_CHANGED"));
    }
  }

  @Test
  void namesThatClashStopItBeforeAnythingIsRead() throws Exception {
    try (LocalMigration migration =
        migration("SELECT A.\"id\", B.\"id\" FROM \"T\" A JOIN \"G\" B ON A.\"id\" = B.\"id\"")) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.code()).isEqualTo("SOURCE_QUERY"))
          .hasMessageContaining("two of its columns have the name id");
    }
  }
}
