package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
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

/** Tables whose rows name rows that are loaded beside them. */
@Tag("system")
class LinksTest {
  private static final int ROWS = 600;

  @TempDir private Path directory;
  private H2Tables source;

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

  private LocalMigration migration() {
    return new LocalMigration(
        directory,
        source.config(),
        LocalMigration.table("T", 100, "boss", "Parent.External_ID__c"));
  }

  @Test
  void aTableThatLooksUpItselfIsLoadedWithoutItsLinksAndThenLinked() throws Exception {
    try (LocalMigration migration = migration()) {
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
              tuple("T", (long) ROWS, (long) ROWS, 0L), tuple("T:links", ROWS - 9L, 0L, ROWS - 9L));
      assertThat(certificate.tables().get(1).sample().rows()).isPositive();
    }
  }

  @Test
  void aRowThatWasNotLoadedIsNotMadeByItsLinks() throws Exception {
    source.run("UPDATE \"T\" SET \"name\" = NULL WHERE \"id\" IN (57, 300)");
    try (LocalMigration migration = migration()) {
      migration.run();

      Map<String, String> parents = wanted();
      List.of("57", "300").forEach(parents::remove);
      IntStream.rangeClosed(570, 579).forEach(id -> parents.remove("" + id));
      assertThat(parents(migration)).isEqualTo(parents);
      assertThat(migration.loaded("Name")).hasSize(ROWS - 2).doesNotContainKeys("57", "300");
      assertThat(migration.certificate().findings()).isEmpty();
      try (Ledger ledger = migration.ledger()) {
        List<ExceptionRow> refused =
            ledger.deadLetters().page(new DeadLetterFilter(Set.of("T:links"), Set.of()), 0, 100);
        assertThat(refused)
            .filteredOn(row -> row.code().equals("ROW_NOT_LOADED"))
            .extracting(ExceptionRow::externalId)
            .containsExactlyInAnyOrder("57", "300");
        assertThat(refused).hasSize(12);
      }
    }
  }

  /** The row first, and then its links: alone they would make a record of nothing else. */
  @Test
  void linksAreReadAgainWhenTheirRowIsLoaded() throws Exception {
    source.run("UPDATE \"T\" SET \"name\" = NULL WHERE \"id\" IN (57, 300)");
    try (LocalMigration migration = migration()) {
      migration.run();
      source.run("UPDATE \"T\" SET \"name\" = 'mended' WHERE \"id\" = 57");
      Replay.Revived first = migration.fromSource();
      assertThat(first.rows()).as("both rows, and the links of the ten children").isEqualTo(12);
      assertThat(first.left()).containsOnly(Map.entry(LeftRow.NOT_LOADED, 2L));
      migration.run();
      assertThat(migration.loaded("Name")).hasSize(ROWS - 1).containsEntry("57", "mended");

      Replay.Revived second = migration.fromSource();
      assertThat(second.rows()).as("the links of 57, and 300 once more").isEqualTo(2);
      assertThat(second.left()).containsOnly(Map.entry(LeftRow.NOT_LOADED, 1L));
      migration.run();
      Map<String, String> parents = wanted();
      parents.remove("300");
      assertThat(parents(migration)).isEqualTo(parents);
      assertThat(migration.loaded("Name")).hasSize(ROWS - 1).doesNotContainKey("300");
      assertThat(migration.certificate().findings()).isEmpty();
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
