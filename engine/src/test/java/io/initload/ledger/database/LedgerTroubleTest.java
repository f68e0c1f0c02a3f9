package io.initload.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.initload.Failure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What errors of a database mean, as the database itself gives them. */
class LedgerTroubleTest {
  @TempDir private Path directory;

  @Test
  void aLedgerThatCannotBeWrittenSaysSo() throws SQLException {
    SQLException readOnly = error("PRAGMA query_only = ON", "CREATE TABLE other (id INTEGER)");
    for (Failure failure :
        new Failure[] {trouble().using(readOnly), trouble().opening(readOnly, readOnly)}) {
      assertThat(failure.code()).isEqualTo("LEDGER_READ_ONLY");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
      assertThat(failure.getMessage()).contains("not written");
      assertThat(failure.remedy()).contains("mount");
    }
  }

  @Test
  void aMissingTableIsDamage() throws SQLException {
    assertThat(trouble().using(error("SELECT * FROM absent")).code()).isEqualTo("LEDGER_DAMAGED");
  }

  @Test
  void aLedgerThatAnotherLocksIsAskedAgain() throws SQLException {
    try (Connection other = DriverManager.getConnection(url());
        Statement lock = other.createStatement()) {
      lock.execute("BEGIN IMMEDIATE");
      Failure failure = trouble().using(error("PRAGMA busy_timeout = 0", "BEGIN IMMEDIATE"));
      assertThat(failure.code()).isEqualTo("LEDGER_BUSY");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.TRANSIENT);
    }
  }

  /** An orchestrator would try again for ever. */
  @Test
  void whatStaysIsNotCalledBusy() throws SQLException {
    SQLException twice =
        error(
            "CREATE TABLE one (id INTEGER PRIMARY KEY)",
            "INSERT INTO one VALUES (1)",
            "INSERT INTO one VALUES (1)");
    for (Failure failure :
        new Failure[] {trouble().using(twice), trouble().using(error("SELECT FROM"))}) {
      assertThat(failure.code()).isEqualTo("LEDGER_REFUSED");
      assertThat(failure.kind()).isEqualTo(Failure.Kind.PLATFORM);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "08006, LEDGER_BUSY",
    "40001, LEDGER_BUSY",
    "40P01, LEDGER_BUSY",
    "53100, LEDGER_BUSY",
    "55P03, LEDGER_BUSY",
    "57P01, LEDGER_BUSY",
    "57014, LEDGER_BUSY",
    "25006, LEDGER_READ_ONLY",
    "42P01, LEDGER_DAMAGED",
    "23505, LEDGER_REFUSED",
    "22001, LEDGER_REFUSED",
    "XX000, LEDGER_REFUSED",
    ", LEDGER_REFUSED"
  })
  void aStateOfPostgresqlSaysWhetherItPasses(String state, String code) {
    LedgerTrouble trouble = new LedgerTrouble("jdbc:postgresql://books", false);
    assertThat(trouble.using(new SQLException("said", state)).code()).isEqualTo(code);
  }

  private LedgerTrouble trouble() {
    return new LedgerTrouble("jdbc:sqlite:books", true);
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("other.db");
  }

  private SQLException error(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      return catchThrowableOfType(
          SQLException.class,
          () -> {
            for (String sql : statements) {
              statement.execute(sql);
            }
          });
    }
  }
}
