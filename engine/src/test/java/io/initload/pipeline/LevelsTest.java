package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.Hierarchy;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.pipeline.prove.Certificate;
import io.initload.pipeline.work.RunOptions;
import io.initload.simulator.OrgRecord;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows name each other and are written once: parents first. */
@Tag("system")
class LevelsTest {
  private static final int ROWS = 600;

  @TempDir private Path directory;
  private H2Tables source;

  /** Three generations: 1 to 9, 10 to 99, 100 to 600. */
  @BeforeEach
  void fill() {
    source =
        new H2Tables(
            "CREATE TABLE \"T\" (\"id\" NUMBER(9) PRIMARY KEY, \"name\" VARCHAR2(40),"
                + " \"boss\" NUMBER(9))",
            "INSERT INTO \"T\" SELECT X, 'row ' || X, CASE WHEN X >= 10 THEN FLOOR(X / 10) END"
                + " FROM SYSTEM_RANGE(1, "
                + ROWS
                + ")");
  }

  @AfterEach
  void close() {
    source.close();
  }

  private LocalMigration migration(int levels) {
    TableConfig table = LocalMigration.table("T", 100, "boss", "Parent.External_ID__c");
    return new LocalMigration(
        directory,
        source.config(),
        TableConfigs.like(table).hierarchy(new Hierarchy(true, levels)).build());
  }

  @Test
  void parentsAreLoadedBeforeTheirChildrenAndEachRowOnce() throws Exception {
    try (LocalMigration migration = migration(4)) {
      assertThat(migration.run().failures()).isEmpty();

      assertThat(parents(migration)).isEqualTo(wanted());
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables())
          .extracting(
              Certificate.Table::source,
              Certificate.Table::snapshotRows,
              Certificate.Table::created,
              Certificate.Table::updated)
          .containsExactly(
              tuple("T", 9L, 9L, 0L),
              tuple("T:level1", 90L, 90L, 0L),
              tuple("T:level2", 501L, 501L, 0L),
              tuple("T:level3", 0L, 0L, 0L));
    }
  }

  @Test
  void aTableIsTakenBackWithAllItsGenerations() throws Exception {
    try (LocalMigration migration = migration(4)) {
      assertThat(migration.run().failures()).isEmpty();
      RunOptions options = new RunOptions(Set.of("T"), Set.of(), RunOptions.WhenExhausted.WAIT);
      assertThat(migration.undo(options).complete()).isTrue();
      assertThat(migration.loaded("Name")).isEmpty();
    }
  }

  @Test
  void aRowWhoseParentIsNoRowOfTheTableIsAmongTheFirst() throws Exception {
    source.run("UPDATE \"T\" SET \"boss\" = 9999 WHERE \"id\" = 57");
    try (LocalMigration migration = migration(4)) {
      migration.run();

      Map<String, String> parents = wanted();
      parents.remove("57");
      IntStream.rangeClosed(570, 579).forEach(id -> parents.remove("" + id));
      assertThat(parents(migration)).isEqualTo(parents);
      assertThat(migration.loaded("Name")).hasSize(ROWS - 11);
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void aCircleIsNamedBeforeAnythingIsSent() throws Exception {
    source.run(
        "UPDATE \"T\" SET \"boss\" = 57 WHERE \"id\" = 5", "DELETE FROM \"T\" WHERE \"id\" > 580");
    try (LocalMigration migration = migration(4)) {
      List<Failure> failures = migration.run().failures();

      assertThat(failures).extracting(Failure::code).containsExactly("LEVELS_CIRCLE");
      assertThat(failures.get(0).getMessage())
          .containsAnyOf("5 -> 57 -> 5", "57 -> 5 -> 57")
          .contains("92 rows");
      assertThat(migration.loaded("Name")).isEmpty();

      source.run("UPDATE \"T\" SET \"boss\" = NULL WHERE \"id\" = 5");
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).hasSize(580);
    }
  }

  @Test
  void rowsThatLieTooDeepAreCountedBeforeAnythingIsSent() throws Exception {
    try (LocalMigration migration = migration(2)) {
      List<Failure> failures = migration.run().failures();

      assertThat(failures).extracting(Failure::code).containsExactly("LEVELS_TOO_DEEP");
      assertThat(failures.get(0).getMessage()).contains("501 rows of T have 2 ancestors");
      assertThat(migration.loaded("Name")).isEmpty();
    }
    try (LocalMigration migration = migration(3)) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(parents(migration)).isEqualTo(wanted());
    }
  }

  @Test
  void aLookupThatIsNotFedAsTheKeyIsCannotBeFollowed() throws Exception {
    TableConfig table =
        TableConfigs.like(LocalMigration.table("T", 100))
            .joined("Parent.External_ID__c", "-", "boss", "boss")
            .hierarchy(new Hierarchy(true, 4))
            .build();
    try (LocalMigration migration = new LocalMigration(directory, source.config(), table)) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(Failure.class, f -> assertThat(f.code()).isEqualTo("LEVELS_KEY"));
    }
  }

  @Test
  void aKeyThatRowsOfTwoGenerationsShareIsLoadedForNone() throws Exception {
    source.run(
        "ALTER TABLE \"T\" DROP PRIMARY KEY",
        "INSERT INTO \"T\" VALUES (7, 'again', 300)",
        "DELETE FROM \"T\" WHERE \"id\" BETWEEN 70 AND 79 OR \"id\" BETWEEN 301 AND 310");
    try (LocalMigration migration = migration(6)) {
      migration.run();
      assertThat(migration.loaded("Name")).doesNotContainKey("7").hasSize(ROWS - 21);
    }
  }

  private static Map<String, String> wanted() {
    Map<String, String> parents = new TreeMap<>();
    IntStream.rangeClosed(10, ROWS).forEach(id -> parents.put("" + id, "" + id / 10));
    return parents;
  }

  /** External ids of records and of their parents. */
  private static Map<String, String> parents(LocalMigration migration) {
    Map<String, String> keys = new TreeMap<>();
    try (var records = migration.org().records("Account").stream()) {
      records.forEach(r -> keys.put(r.id(), key(r)));
    }
    Map<String, String> parents = new TreeMap<>();
    try (var records = migration.org().records("Account").stream()) {
      records.forEach(r -> r.value("ParentId").ifPresent(id -> parents.put(key(r), keys.get(id))));
    }
    return parents;
  }

  private static String key(OrgRecord one) {
    return one.value("External_ID__c").orElseThrow();
  }
}
