package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.Failure;
import io.initload.config.Hierarchy;
import io.initload.config.OrphanPolicy;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.H2Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of docs/mapping.md and its variants: customer 9 and person 99 are nowhere; the key of
 * customer b is written in another case.
 */
@Tag("system")
class OrphansTest {
  private static final String REJECT = "Account.External_ID__c: reject";

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE CUSTOMERS (ID VARCHAR2(9) PRIMARY KEY, NAME VARCHAR2(40))",
          "CREATE TABLE PEOPLE (ID NUMBER(9) PRIMARY KEY, NAME VARCHAR2(40), CUSTOMER VARCHAR2(9),"
              + " BOSS NUMBER(9))",
          "INSERT INTO CUSTOMERS VALUES ('a', 'Alpha'), ('b', 'Beta')",
          "INSERT INTO PEOPLE VALUES (1, 'One', 'a', NULL), (2, 'Two', 'B', 1), (3, 'Three', '9',"
              + " 1), (4, 'Four', NULL, 99), (5, 'Five', 'a', 4)");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void rowsAreLoadedWithoutTheLookupOrHeldBack() throws Exception {
    try (LocalMigration migration = migration(example())) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("ORPHANS"))
          .extracting(Finding::severity, Finding::message)
          .containsExactly(
              tuple(
                  Severity.WARNING,
                  "1 rows of PEOPLE name by Account.External_ID__c parents that are no rows of"
                      + " CUSTOMERS: they are held back."),
              tuple(
                  Severity.WARNING,
                  "1 rows of PEOPLE name by ReportsTo.External_ID__c parents that are no rows of"
                      + " PEOPLE: they are loaded without it."));
      assertThat(migration.run().failures()).isEmpty();

      assertThat(bosses(migration)).isEqualTo(Map.of("1", "", "2", "1", "4", "", "5", "4"));
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.booksClosed()).isTrue();
      assertThat(certificate.tables())
          .extracting(
              Certificate.Table::source,
              Certificate.Table::snapshotRows,
              Certificate.Table::created,
              Certificate.Table::updated)
          .containsExactly(
              tuple("CUSTOMERS", 2L, 2L, 0L),
              tuple("PEOPLE", 5L, 4L, 0L),
              // Of 2, 3 and 5; the row 3 itself was held back.
              tuple("PEOPLE:links", 3L, 0L, 2L));
      assertThat(held(migration))
          .containsExactly("PEOPLE 3 ORPHAN", "PEOPLE:links 3 ROW_NOT_LOADED");
    }
  }

  /** In one pass, since the lookup leads to another table alone. */
  @Test
  void whatIsLeftEmptyIsToldByTheCertificate() throws Exception {
    try (LocalMigration migration =
        migration(
            example()
                .replace(REJECT, "Account.External_ID__c: \"null\"")
                .replace("    BOSS: ReportsTo.External_ID__c\n", "")
                .replace("    ReportsTo.External_ID__c: \"null\"\n", ""))) {
      assertThat(migration.run().failures()).isEmpty();
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(1).created()).isEqualTo(5);
      assertThat(certificate.tables().get(1).altered())
          .extracting(altered -> altered.field() + " " + altered.code())
          .containsExactly("Account.External_ID__c ORPHAN_EMPTIED");
      assertThat(customers(migration))
          .isEqualTo(Map.of("1", "a", "2", "b", "3", "", "4", "", "5", "a"));
    }
  }

  /** The org keeps no blanks: a lookup of them is empty, and names nobody. */
  @Test
  void aBlankLookupNamesNoParent() throws Exception {
    source.run("INSERT INTO PEOPLE VALUES (6, 'Six', '  ', NULL)");
    try (LocalMigration migration = migration(example())) {
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.message().contains("Account.External_ID__c"))
          .extracting(Finding::message)
          .containsExactly(
              "1 rows of PEOPLE name by Account.External_ID__c parents that are no rows of"
                  + " CUSTOMERS: they are held back.");
      assertThat(migration.run().failures()).isEmpty();
      assertThat(customers(migration)).containsEntry("6", "");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void aRowIsHeldBackAndReplayedWhenItsParentIsThere() throws Exception {
    try (LocalMigration migration = migration(example())) {
      migration.run();
      source.run("UPDATE PEOPLE SET CUSTOMER = 'b' WHERE ID = 3");
      migration.fromSource();
      migration.run();
      assertThat(customers(migration)).containsEntry("3", "b");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void aTableWithOrphansIsRefusedUntilTheyAreCorrected() throws Exception {
    try (LocalMigration migration =
        migration(example().replace(REJECT, "Account.External_ID__c: fail"))) {
      assertThat(migration.preflight())
          .extracting(Finding::severity, Finding::code)
          .contains(tuple(Severity.ERROR, "ORPHANS"));
      assertThat(migration.plan().findings()).extracting(Finding::code).contains("ORPHANS");
      List<Failure> failures = migration.run().failures();
      assertThat(failures).extracting(Failure::code).contains("ORPHANS");
      assertThat(customers(migration)).isEmpty();

      source.run("INSERT INTO CUSTOMERS VALUES ('9', 'Nine')");
      assertThat(migration.preflight())
          .filteredOn(finding -> finding.code().equals("ORPHANS"))
          .extracting(Finding::severity)
          .containsOnly(Severity.WARNING);
    }
  }

  @Test
  void levelsHoldTheirOrphansBackToo() throws Exception {
    TableConfig[] tables =
        MappingPage.tables(
            directory,
            example()
                .replace("ReportsTo.External_ID__c: \"null\"", "ReportsTo.External_ID__c: reject"));
    tables[1] =
        TableConfigs.like(tables[1])
            .hierarchy(new Hierarchy(true, 4).with(tables[1].hierarchy().orphans()))
            .build();
    try (LocalMigration migration = new LocalMigration(directory, source.config(), tables)) {
      assertThat(migration.run().failures()).isEmpty();
      // The boss of 5 was held back, so that the org refuses it.
      assertThat(bosses(migration)).isEqualTo(Map.of("1", "", "2", "1"));
      assertThat(held(migration)).contains("PEOPLE 4 ORPHAN", "PEOPLE:level1 3 ORPHAN");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void whatTheDatabaseCannotTellIsNamed() throws Exception {
    for (String wrong :
        List.of(
            example()
                .replace("CUSTOMER: Account", "BOSS: [Account")
                .replace(
                    "External_ID__c\n    BOSS: ReportsTo.External_ID__c",
                    "External_ID__c, ReportsTo.External_ID__c]"),
            example()
                .replaceFirst("(?s)- source: CUSTOMERS.*?- source: PEOPLE", "- source: PEOPLE"),
            example()
                .replace(
                    "- source: CUSTOMERS",
                    "- query: SELECT * FROM CUSTOMERS\n  name: CUSTOMERS"))) {
      try (LocalMigration migration = migration(wrong)) {
        assertThatThrownBy(migration::run)
            .isInstanceOfSatisfying(
                Failure.class, f -> assertThat(f.code()).isEqualTo("ORPHANS_UNTOLD"));
      }
    }
    try (LocalMigration migration = migration(example().replaceFirst("(?s)  orphans:.*", ""))) {
      assertThat(migration.run().failures()).isEmpty();
    }
  }

  @Test
  void rowsCannotBeLoadedWithoutALookupThatTheOrgRequires() throws Exception {
    TableConfig[] tables = MappingPage.tables(directory, example());
    TableConfig sale =
        TableConfigs.of("PEOPLE")
            .object("Sale__c")
            .field("ID", "External_ID__c")
            .field("CUSTOMER", "Account__r.External_ID__c")
            .hierarchy(
                Hierarchy.DEFAULT.with(Map.of("Account__r.External_ID__c", OrphanPolicy.NULL)))
            .build();
    try (LocalMigration migration =
        new LocalMigration(directory, source.config(), tables[0], sale)) {
      assertThatThrownBy(migration::run)
          .isInstanceOfSatisfying(
              Failure.class, f -> assertThat(f.getMessage()).contains("ORPHANS_REQUIRED"));
    }
  }

  private LocalMigration migration(String example) throws Exception {
    return new LocalMigration(directory, source.config(), MappingPage.tables(directory, example));
  }

  private static String example() throws Exception {
    return MappingPage.example("Rows whose parents are not there");
  }

  private static List<String> held(LocalMigration migration) {
    try (Ledger ledger = migration.ledger()) {
      return ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10).stream()
          .filter(row -> row.code().startsWith("ORPHAN") || row.code().startsWith("ROW_"))
          .map(OrphansTest::shown)
          .sorted()
          .toList();
    }
  }

  private static String shown(ExceptionRow row) {
    return row.table() + " " + row.externalId() + " " + row.code();
  }

  private static Map<String, String> bosses(LocalMigration migration) {
    return named(migration, "ReportsToId", "Contact");
  }

  private static Map<String, String> customers(LocalMigration migration) {
    return named(migration, "AccountId", "Account");
  }

  /** External ids of people and of what a lookup of theirs leads to. */
  private static Map<String, String> named(LocalMigration migration, String lookup, String parent) {
    Map<String, String> keys = new TreeMap<>();
    try (var records = migration.org().records(parent).stream()) {
      records.forEach(r -> keys.put(r.id(), r.value("External_ID__c").orElseThrow()));
    }
    Map<String, String> named = new TreeMap<>();
    try (var records = migration.org().records("Contact").stream()) {
      records.forEach(
          r ->
              named.put(
                  r.value("External_ID__c").orElseThrow(),
                  r.value(lookup).map(id -> keys.getOrDefault(id, "?")).orElse("")));
    }
    return named;
  }
}
