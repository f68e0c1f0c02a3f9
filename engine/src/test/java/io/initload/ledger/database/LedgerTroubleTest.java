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
