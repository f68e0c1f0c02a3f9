package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody meddles with the ledger, or with the source, after all was loaded. */
@Tag("system")
class BooksSabotageTest {
  @TempDir Path directory;

  private SabotagedSite site;

  @BeforeEach
  void load() throws InterruptedException {
    site = new SabotagedSite(directory).loaded();
    site.isWhole("before anybody meddled");
  }

  @AfterEach
  void close() {
    site.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIntoTheLedgerIsFoundByCounts(LedgerSabotage act) throws Exception {
    Path ledger = directory.resolve("ledger.db");
    Path kept = Files.copy(ledger, directory.resolve("kept"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      for (String sql : act.sql.split(";", -1)) {
        assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
      }
    }
    assertThat(site.findings(Level.COUNT)).as(act.name()).isNotEmpty();
    Files.copy(kept, ledger, StandardCopyOption.REPLACE_EXISTING);
    site.isWhole("with its own ledger");
  }

  @Test
  void anEquationThatDoesNotHoldNamesItsChunkAndBothSides() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE chunk SET rows_staged = rows_staged - 1");
    }
    assertThat(site.findings(Level.COUNT))
        .anyMatch(
            f ->
                f.startsWith("T-00001: ")
                    && f.endsWith(
                        "40 read, 39 staged and 0 quarantined; of those staged 40 are booked."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COUNT  | DELETE FROM t WHERE \"id\" = 'k7'",
        "COUNT  | INSERT INTO t (\"id\", \"name\") VALUES ('k41', 'Late')",
        "SAMPLE | UPDATE t SET \"name\" = 'Another' WHERE \"id\" = 'k7'",
        "SAMPLE | UPDATE t SET \"limit\" = \"limit\" + 0.01 WHERE \"id\" = 'k7'",
        "SAMPLE | UPDATE t SET \"day\" = \"day\" - 1 WHERE \"id\" = 'k7'",
        "SAMPLE | UPDATE t SET \"id\" = 'k77' WHERE \"id\" = 'k7'",
        "SAMPLE | UPDATE t SET \"name\" = UPPER(\"name\") WHERE \"id\" = 'k7'",
      })
  void whatIsWrittenIntoTheSourceIsFound(Level level, String sql) throws Exception {
    site.tables().run(sql);
    assertThat(site.findings(level)).isNotEmpty();
  }
}
