package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Hierarchy;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.evidence.rows.DataFinding;
import io.initload.evidence.rows.DataProfile;
import io.initload.evidence.rows.TableProfile;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.Finding.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of rows before they move, against what becomes of them. */
abstract class ProfileSuite {
  private static final Map<String, String> MET =
      DirtyRows.FAULTS.stream()
          .collect(
              Collectors.toMap(
                  fault -> fault.found() + "." + fault.column(),
                  DirtyRows.Fault::met,
                  (one, other) -> one));

  @TempDir Path directory;

  /** The database of this test, in which the statements are run first. */
  protected abstract SourceConfig filled(List<String> statements);

  private LocalMigration migration(List<String> rows, TableConfig... tables) {
    List<String> all = new ArrayList<>(List.of(DirtyRows.CUSTOMERS, DirtyRows.SALES));
    all.addAll(rows);
    return new LocalMigration(directory, filled(all), tables);
  }

  @Test
  void everyFaultIsFoundAndItsNeighbourIsNot() throws Exception {
    List<String> rows = new ArrayList<>();
    int at = 0;
    for (DirtyRows.Fault fault : DirtyRows.FAULTS) {
      Map<String, String> good = DirtyRows.customer("good" + at);
      good.put(fault.column(), fault.good());
      rows.add(DirtyRows.insert(good));
      at++;
    }
    try (LocalMigration migration = migration(rows, DirtyRows.customers())) {
      TableProfile sound = migration.data(0).tables().get(0);
      // The one with a control character at its end, which is cut off.
      assertThat(sound.findings()).extracting(DataFinding::code).isSubsetOf("DATA_CONTROLS");
      assertThat(sound.lost()).isZero();
      assertThat(sound.rows()).isEqualTo(DirtyRows.FAULTS.size());
    }
  }

  @Test
  void everyFaultIsToldWithItsKeyAndItsFate() throws Exception {
    List<String> rows = new ArrayList<>();
    int at = 0;
    for (DirtyRows.Fault fault : DirtyRows.FAULTS) {
      Map<String, String> bad = DirtyRows.customer("bad" + at);
      bad.put(fault.column(), fault.bad());
      rows.add(DirtyRows.insert(bad));
      at++;
    }
    try (LocalMigration migration = migration(rows, DirtyRows.customers())) {
      TableProfile dirty = migration.data(0).tables().get(0);
      at = 0;
      for (DirtyRows.Fault fault : DirtyRows.FAULTS) {
        String key = fault.column().equals("id") ? "" : "bad" + at++;
        at += key.isEmpty() ? 1 : 0;
        DataFinding finding =
            dirty.findings().stream()
                .filter(one -> one.code().equals(fault.found()))
                .filter(one -> one.where().startsWith("customers." + fault.column() + " -> "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not found: " + fault));
        assertThat(finding.severity()).isEqualTo(Severity.WARNING);
        assertThat(finding.lost()).isEqualTo(fault.met().isEmpty() ? 0 : finding.rows());
        assertThat(finding.examples()).doesNotContain("").hasSizeLessThanOrEqualTo(3);
        if (!key.isEmpty()) {
          assertThat(finding.examples()).contains(key);
        }
      }
      assertThat(dirty.findings())
          .filteredOn(finding -> finding.code().equals("DATA_PICKLIST_VALUE"))
          .extracting(DataFinding::message)
          .containsExactly(
              "1 of 14 rows have a value that the picklist does not take: they become dead"
                  + " letters. Most frequent: X (1).");
      assertThat(dirty.quarantined()).isEqualTo(1);
      assertThat(dirty.deadLetters()).isEqualTo(DirtyRows.FAULTS.size() - 3L);
      assertThat(dirty.passes()).as("counts, examples, values, shared keys").isEqualTo(4);
    }
  }

  /** With one fault a row each class has its rows. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsToldOfEachClassIsWhatBecomesOfIt(long seed) throws Exception {
    try (LocalMigration migration = drawn(seed, 1)) {
      DataProfile told = migration.data(0);
      assertThat(migration.run().failures()).isEmpty();
      assertThat(told(told.tables().get(0)))
          .as("seed " + seed)
          .isEqualTo(met(migration, "customers"));
      assertThat(told(told.tables().get(1))).as("seed " + seed).isEqualTo(met(migration, "sales"));
    }
  }

  /** With several faults a row counts in each class, and once in the sums. */
  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void rowsWithSeveralFaultsAreCountedOnce(long seed) throws Exception {
    try (LocalMigration migration = drawn(seed, 3)) {
      DataProfile told = migration.data(0);
      assertThat(migration.run().failures()).isEmpty();
      for (TableProfile table : told.tables()) {
        String as = "seed " + seed + " " + table.table();
        assertThat(table.quarantined())
            .as(as)
            .isEqualTo(count(migration, table, row -> row.job().isEmpty()));
        assertThat(table.deadLetters())
            .as(as)
            .isEqualTo(count(migration, table, row -> !row.job().isEmpty()));
      }
    }
  }

  @Test
  void policiesDecideWhatBecomesOfOrphans() throws Exception {
    List<String> rows =
        List.of(
            DirtyRows.insert(DirtyRows.customer("a")),
            DirtyRows.sale(1, "'a'"),
            DirtyRows.sale(2, "'nobody'"));
    try (LocalMigration migration = migration(rows, DirtyRows.customers(), DirtyRows.sales())) {
      assertThat(orphans(migration).lost()).isEqualTo(1);
      assertThat(orphans(migration).examples()).containsExactly("2");
      assertThat(orphans(migration).severity()).isEqualTo(Severity.WARNING);
      migration.tables(table -> deciding(table, OrphanPolicy.REJECT));
      assertThat(migration.data(0).tables().get(1).quarantined()).isEqualTo(1);
      migration.tables(table -> deciding(table, OrphanPolicy.FAIL));
      assertThat(orphans(migration).severity()).isEqualTo(Severity.ERROR);
    }
  }

  private static TableConfig deciding(TableConfig table, OrphanPolicy policy) {
    return table.name().equals("sales")
        ? TableConfigs.like(table)
            .hierarchy(Hierarchy.DEFAULT.with(Map.of("Account__r.External_ID__c", policy)))
            .build()
        : table;
  }

  private static DataFinding orphans(LocalMigration migration) throws InterruptedException {
    return migration.data(0).tables().get(1).findings().stream()
        .filter(finding -> finding.code().equals("DATA_ORPHANS"))
        .findFirst()
        .orElseThrow();
  }

  private LocalMigration drawn(long seed, int faults) {
    return migration(DirtyRows.drawn(seed, faults), DirtyRows.customers(), DirtyRows.sales());
  }

  /** Rows that will need a person, by the code that they will have. */
  private static Map<String, Long> told(TableProfile table) {
    Map<String, Long> told = new TreeMap<>();
    for (DataFinding finding : table.findings()) {
      String column = finding.where().replaceAll("^\\w+\\.| -> .*", "");
      if (finding.lost() > 0) {
        told.merge(met(finding.code(), column), finding.lost(), Long::sum);
      }
    }
    return told;
  }

  private static String met(String code, String column) {
    return switch (code) {
      case "DATA_KEY_REPEATED" -> "EXTERNAL_ID_DUPLICATE";
      case "DATA_ORPHANS", "DATA_PARENTS_LOST" -> "INVALID_FIELD";
      case "DATA_REQUIRED_EMPTY" -> "REQUIRED_FIELD_MISSING";
      default -> MET.getOrDefault(code + "." + column, code);
    };
  }

  private static Map<String, Long> met(LocalMigration migration, String table) {
    return rows(migration).stream()
        .filter(row -> row.table().equals(table))
        .collect(Collectors.groupingBy(ExceptionRow::code, TreeMap::new, Collectors.counting()));
  }

  private static long count(
      LocalMigration migration, TableProfile table, Predicate<ExceptionRow> which) {
    return rows(migration).stream()
        .filter(row -> row.table().equals(table.table()))
        .filter(which)
        .count();
  }

  private static List<ExceptionRow> rows(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10_000);
    }
  }
}
