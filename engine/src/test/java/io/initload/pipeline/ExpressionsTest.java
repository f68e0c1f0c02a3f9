package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.config.TableConfigs;
import io.initload.config.read.ConfigFile;
import io.initload.evidence.rows.DataFinding;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.mapping.Finding;
import io.initload.pipeline.prove.Certificate;
import io.initload.source.Dialects;
import io.initload.source.H2Tables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/mapping.md, from its table to the certificate. */
@Tag("system")
class ExpressionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("ORACLE_PASSWORD", "p", "SF_CLIENT_ID", "c", "SF_CLIENT_SECRET", "s");

  @TempDir private Path directory;

  private final H2Tables source =
      new H2Tables(
          "CREATE TABLE PEOPLE (ID NUMBER(9) PRIMARY KEY, LAST_NAME VARCHAR2(300), FIRST_NAME"
              + " VARCHAR2(40), PHONE VARCHAR2(20), BRANCH CHAR(1), SIZE_CLASS NUMBER(2), REVENUE"
              + " VARCHAR2(12), SINCE VARCHAR2(12), BORN DATE)",
          "INSERT INTO PEOPLE VALUES (1, 'Müller', 'Eva', '0043123', 'E', 1, '1,234',"
              + " '24.12.2020', DATE '1970-02-03')",
          "INSERT INTO PEOPLE VALUES (2, 'Berger', NULL, '123', 'F', 2, NULL, '01.02.2003', DATE"
              + " '1980-12-31')",
          "INSERT INTO PEOPLE VALUES (3, '"
              + "x".repeat(300)
              + "', 'Y', NULL, NULL, 1, '7', NULL,"
              + " DATE '2000-01-01')",
          "INSERT INTO PEOPLE VALUES (4, 'Wrong', 'Date', NULL, 'Z', 1, '1', '31.02.2020', DATE"
              + " '2000-01-01')");

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void theExampleMigrates() throws Exception {
    try (LocalMigration migration = migration(example())) {
      assertThat(migration.run().failures()).isEmpty();

      assertThat(migration.loaded("Name"))
          .containsEntry("1", "MÜLLER Eva")
          .containsEntry("2", "BERGER")
          .containsEntry("3", "X".repeat(255));
      assertThat(migration.loaded("Phone")).containsEntry("1", "+43123").containsEntry("2", "123");
      assertThat(migration.loaded("Industry")).containsEntry("1", "Energy").containsEntry("3", "");
      assertThat(migration.loaded("Rating"))
          .containsEntry("1", "Hot")
          .containsEntry("2", "Cold")
          .containsEntry("3", "");
      assertThat(migration.loaded("AnnualRevenue"))
          .containsEntry("1", "1234")
          .containsEntry("2", "");
      assertThat(migration.loaded("Customer_Since__c")).containsEntry("1", "2020-12-24");
      assertThat(migration.loaded("Description"))
          .containsEntry("1", "Born 3 February 1970, with revenue")
          .containsEntry("2", "Born 31 December 1980");

      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code, ExceptionRow::message)
            .containsExactly(
                tuple(
                    "4",
                    "EXPRESSION_FAILED",
                    "field 7 takes a text for a date that is none of the form dd.MM.yyyy"));
      }
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.booksClosed()).isTrue();
      assertThat(certificate.tables().get(0).sample().rows()).isEqualTo(3);
      assertThat(certificate.tables().get(0).altered())
          .extracting(a -> a.field() + " " + a.code())
          .containsExactly("Name TEXT_TRUNCATED");
    }
  }

  @Test
  void whatIsCorrectedInTheSourceIsComputedAnew() throws Exception {
    try (LocalMigration migration = migration(example())) {
      migration.run();
      source.run("UPDATE PEOPLE SET SINCE = '28.02.2020', BRANCH = 'R' WHERE ID = 4");
      migration.fromSource();
      migration.run();
      assertThat(migration.loaded("Customer_Since__c")).containsEntry("4", "2020-02-28");
      assertThat(migration.loaded("Industry")).containsEntry("4", "Retail");
      assertThat(migration.certificate().findings()).isEmpty();
    }
  }

  @Test
  void whatMapsLackIsCountedBeforeTheLoad() throws Exception {
    try (LocalMigration migration = migration(example())) {
      assertThat(migration.preflight())
          .extracting(Finding::severity, Finding::code, Finding::message)
          .contains(
              tuple(
                  Finding.Severity.WARNING,
                  "UNMAPPED_VALUES",
                  "Of BRANCH the map industries lacks what 1 rows have: they get none."));
    }
    try (LocalMigration migration =
        migration(example().replace("unmapped: \"null\"", "unmapped: fail"))) {
      assertThat(migration.preflight())
          .extracting(Finding::severity, Finding::code)
          .contains(tuple(Finding.Severity.ERROR, "UNMAPPED_VALUES"));
      source.run("UPDATE PEOPLE SET SINCE = NULL WHERE ID = 4");
      assertThat(migration.run().failures()).isEmpty();
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code)
            .containsExactly(tuple("4", "UNMAPPED_VALUE"));
      }
    }
  }

  @Test
  void whatMapsLackIsToldWithItsValuesAndRows() throws Exception {
    try (LocalMigration migration = migration(example())) {
      assertThat(unmapped(migration))
          .extracting(DataFinding::rows, DataFinding::lost)
          .containsExactly(tuple(1L, 0L));
    }
    try (LocalMigration migration =
        migration(example().replace("unmapped: \"null\"", "unmapped: fail"))) {
      DataFinding found = unmapped(migration).get(0);
      assertThat(found.lost()).isEqualTo(1);
      assertThat(found.examples()).containsExactly("4");
      assertThat(found.message()).endsWith("they are held back. Most frequent: Z (1).");
      source.run("UPDATE PEOPLE SET BRANCH = 'R' WHERE ID = 4");
      assertThat(unmapped(migration)).isEmpty();
    }
  }

  private static List<DataFinding> unmapped(LocalMigration migration) throws Exception {
    return migration.data(0).tables().get(0).findings().stream()
        .filter(finding -> finding.code().equals("DATA_VALUE_UNMAPPED"))
        .toList();
  }

  /** By two columns, one of them a number, of which the map knows a pair and another. */
  @Test
  void pairsAreCountedAsPairs() throws Exception {
    String strict = example().replace("default: Cold", "unmapped: fail");
    try (LocalMigration migration = migration(strict)) {
      // (F, 2) and (Z, 1); the branch of row 3 is null.
      assertThat(migration.preflight())
          .extracting(Finding::message)
          .contains(
              "Of BRANCH, SIZE_CLASS the map ratings lacks what 2 rows have: they are held back.");
    }
    String blind = strict.replace("BRANCH, SIZE_CLASS)", "lower(BRANCH), SIZE_CLASS)");
    try (LocalMigration migration = migration(blind)) {
      assertThat(migration.preflight()).extracting(Finding::code).contains("UNMAPPED_NOT_COUNTED");
    }
  }

  /** A place in the file means nothing to the rows; a map's entry does. */
  @Test
  void theDigestKnowsTheMapsAndNotTheLines() throws Exception {
    String digest = tables(example()).get(0).fields().toString();
    assertThat(tables("\n\n" + example()).get(0).fields()).hasToString(digest);
    assertThat(tables(example().replace("E: Energy", "E: Apparel")).get(0).fields().toString())
        .isNotEqualTo(digest);
  }

  private LocalMigration migration(String yaml) throws Exception {
    return new LocalMigration(directory, source.config(), tables(yaml).toArray(TableConfig[]::new));
  }

  private List<TableConfig> tables(String yaml) throws Exception {
    Path ratings = directory.resolve("ratings.csv");
    Files.writeString(ratings, block("csv"));
    Path file = directory.resolve("people.yaml");
    Files.writeString(file, yaml.replace("ratings.csv", "'" + ratings + "'"));
    MigrationConfig config = ConfigFile.read(file, ENVIRONMENT, Dialects.ALL);
    return config.tables().stream()
        .map(
            table ->
                TableConfigs.like(table)
                    .phase("only")
                    .stopAfterErrors(TableConfig.ErrorLimit.NEVER)
                    .build())
        .toList();
  }

  private static String example() throws Exception {
    return block("yaml");
  }

  /** The first such block of the page. */
  private static String block(String kind) throws Exception {
    Matcher block =
        Pattern.compile("```" + kind + "\\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/mapping.md")));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }
}
