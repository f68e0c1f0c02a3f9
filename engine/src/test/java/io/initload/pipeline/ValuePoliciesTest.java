package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.initload.config.TargetConfig;
import io.initload.config.ValuePolicy;
import io.initload.config.ValuePolicy.Bytes;
import io.initload.config.ValuePolicy.Controls;
import io.initload.config.ValuePolicy.Dates;
import io.initload.config.ValuePolicy.NullText;
import io.initload.config.ValuePolicy.Padding;
import io.initload.config.ValuePolicy.TooLong;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.DeadLetterFilter;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.pipeline.prove.Certificate;
import io.initload.report.ReportPage;
import io.initload.source.PostgresServer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration says of values that do not fit, from the table to the certificate. */
@ExtendWith(PostgresServer.Provider.class)
@Tag("system")
class ValuePoliciesTest {
  @TempDir Path directory;

  private final PostgresServer.Database tables;

  ValuePoliciesTest(PostgresServer server) {
    tables = server.database();
    tables.run(
        "CREATE TABLE customers (id int PRIMARY KEY, name text, notes text, at timestamptz, n"
            + " float8)",
        "INSERT INTO customers VALUES (1, repeat('n', 300), E'a\\x07b', '2024-07-01 23:00+00')",
        "INSERT INTO customers VALUES (2, repeat('\uD83D\uDE00', 200), 'plain', '9999-12-31')",
        "INSERT INTO customers VALUES (3, 'short', E'\\x01', '0001-01-01')",
        "INSERT INTO customers VALUES (4, repeat('m', 255), 'fits', '4000-12-31', 'NaN')");
  }

  @Test
  void whatIsChangedIsCountedAndListed() throws Exception {
    try (LocalMigration migration =
        migration(
            Map.of(
                "name", policy(Controls.DROP, TooLong.TRUNCATE, Dates.SEND),
                "notes", policy(Controls.SPACE, TooLong.SEND, Dates.SEND),
                "at",
                    new ValuePolicy(
                        Controls.DROP,
                        TooLong.SEND,
                        Dates.CLAMP,
                        Padding.TRIM,
                        Bytes.HEX,
                        Optional.of(ZoneId.of("Europe/Vienna")),
                        NullText.EMPTY)))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name"))
          .containsEntry("1", "n".repeat(255))
          // 255 would split a pair.
          .containsEntry("2", "\uD83D\uDE00".repeat(127))
          .containsEntry("4", "m".repeat(255));
      assertThat(migration.loaded("Description")).containsEntry("1", "a b");
      assertThat(migration.loaded("Customer_Since__c"))
          .containsEntry("1", "2024-07-02")
          .containsEntry("2", "4000-12-31")
          .containsEntry("3", "1700-01-01");
      Certificate certificate = migration.certificate();
      assertThat(certificate.findings()).isEmpty();
      assertThat(certificate.tables().get(0).altered())
          .extracting(a -> a.field() + " " + a.code() + " " + a.rows() + " " + a.first())
          .containsExactly(
              "Customer_Since__c DATE_CLAMPED 2 [2, 3]",
              "Description CONTROLS_REMOVED 2 [1, 3]",
              "Name TEXT_TRUNCATED 2 [1, 2]",
              "NumberofLocations__c NUMBER_EMPTIED 1 [4]");
      assertThat(ReportPage.html(certificate)).contains("TEXT_TRUNCATED", "loaded other than");
    }
  }

  @Test
  void whatIsRefusedIsHeldBackBeforeAJobMeetsIt() throws Exception {
    try (LocalMigration migration =
        migration(
            Map.of(
                "name", policy(Controls.DROP, TooLong.REJECT, Dates.SEND),
                "notes", policy(Controls.REJECT, TooLong.SEND, Dates.SEND),
                "at", policy(Controls.DROP, TooLong.SEND, Dates.EMPTY)))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).containsOnlyKeys("4");
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code)
            .containsExactly(
                tuple("1", "TEXT_TOO_LONG"),
                tuple("2", "TEXT_TOO_LONG"),
                tuple("3", "CONTROL_CHARACTER"));
      }
      Certificate certificate = migration.certificate();
      assertThat(certificate.booksClosed()).isTrue();
      assertThat(certificate.tables().get(0).altered())
          .extracting(Certificate.AlteredField::code)
          .containsExactly("NUMBER_EMPTIED");
    }
  }

  @Test
  void aDateThatIsRefusedNamesItsYear() throws Exception {
    try (LocalMigration migration =
        migration(Map.of("at", policy(Controls.DROP, TooLong.TRUNCATE, Dates.REJECT)))) {
      assertThat(migration.run().failures()).isEmpty();
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .filteredOn(row -> row.code().equals("DATE_OUT_OF_RANGE"))
            .extracting(ExceptionRow::message)
            .satisfiesExactly(
                m -> assertThat(m).contains("9999"), m -> assertThat(m).contains("year 1;"));
      }
    }
  }

  /**
   * Account's own texts are short: what is counted is the row as it is sent, whatever its fields
   * take.
   */
  @Test
  void aRowLongerThanSalesforceTakesIsHeldBackByItsKey() throws Exception {
    String fits = "399900";
    tables.run(
        "DELETE FROM customers",
        "INSERT INTO customers SELECT i, 'short', 'x' FROM generate_series(1, 98) i",
        "INSERT INTO customers VALUES (99999, repeat('\u00e4', %s), 'x'), (99998, repeat('b', %s), 'x')"
            .formatted(fits, "400000"));
    try (LocalMigration migration =
        migration(Map.of("name", policy(Controls.DROP, TooLong.SEND, Dates.SEND)))
            .compression(TargetConfig.Compression.GZIP)) {
      RunOutcome outcome = migration.run();
      assertThat(outcome.failures()).isEmpty();
      assertThat(outcome.books().get("customers").created()).isEqualTo(98);
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code)
            .containsExactlyInAnyOrder(
                tuple("99998", "ROW_TOO_LONG"), tuple("99999", "STRING_TOO_LONG"));
      }
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  @Test
  void aValueOfAnyLengthIsCutOrHeldBack() throws Exception {
    tables.run(
        "DELETE FROM customers",
        "INSERT INTO customers VALUES (7, repeat('n', 9000000), 'short'), (8, 'short', repeat('m',"
            + " 9000000))");
    try (LocalMigration migration =
        migration(Map.of("name", policy(Controls.DROP, TooLong.TRUNCATE, Dates.SEND)))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Name")).isEqualTo(Map.of("7", "n".repeat(255)));
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .extracting(ExceptionRow::externalId, ExceptionRow::code)
            .containsExactly(tuple("8", "UNSTAGEABLE"));
      }
    }
  }

  @Test
  void theEndOfTimeIsADateOutsideTheRange() throws Exception {
    tables.run(
        "DELETE FROM customers",
        "INSERT INTO customers VALUES (5, 'e', '', 'infinity'), (6, 'b', '', '-infinity')");
    try (LocalMigration migration =
        migration(Map.of("at", policy(Controls.DROP, TooLong.SEND, Dates.CLAMP)))) {
      assertThat(migration.run().failures()).isEmpty();
      assertThat(migration.loaded("Customer_Since__c"))
          .containsEntry("5", "4000-12-31")
          .containsEntry("6", "1700-01-01");
    }
  }

  @Test
  void theEndOfTimeIsHeldBackWhereNoPolicyChangesIt() throws Exception {
    tables.run("UPDATE customers SET at = 'infinity' WHERE id = 1");
    try (LocalMigration migration = migration(Map.of())) {
      assertThat(migration.run().failures()).isEmpty();
      try (Ledger ledger = migration.ledger()) {
        assertThat(ledger.deadLetters().page(DeadLetterFilter.ALL, 0, 10))
            .filteredOn(row -> row.externalId().equals("1"))
            .singleElement()
            .satisfies(row -> assertThat(row.code()).isEqualTo("DATE_INVALID"))
            .satisfies(row -> assertThat(row.message()).contains("infinity of the column at"));
      }
      assertThat(migration.certificate().booksClosed()).isTrue();
    }
  }

  private LocalMigration migration(Map<String, ValuePolicy> values) {
    return new LocalMigration(
            directory,
            tables.config(),
            LocalMigration.table(
                "customers",
                1_000,
                "notes",
                "Description",
                "at",
                "Customer_Since__c",
                "n",
                "NumberofLocations__c"))
        .values(values);
  }

  private static ValuePolicy policy(Controls controls, TooLong tooLong, Dates dates) {
    return new ValuePolicy(
        controls, tooLong, dates, Padding.TRIM, Bytes.HEX, Optional.empty(), NullText.EMPTY);
  }
}
