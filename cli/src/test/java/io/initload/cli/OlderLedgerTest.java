package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.BorrowedClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A migration that was begun by the version whose ledger had the tables of V3, and killed in the
 * middle: two of twenty chunks settled, three jobs in the org, three parts staged, one chunk in
 * reading, eleven to be read. Ledger, staged files and org are as the kill left them.
 */
@Tag("system")
class OlderLedgerTest {
  private static final int CUSTOMERS = 200;
  private static final String THEN = "/tmp/crm-history/";

  @TempDir Path directory;

  @Test
  void goesOnAndWhatItLacksIsNamed() throws Exception {
    try (Site site = killed()) {
      Shell.Result run = on(site, "run", "--json").exits(4);
      assertThat(run.err())
          .contains("the ledger does not say which source crm-history was begun with");
      JsonNode customers = table(run.json(), "CUSTOMERS");
      assertThat(customers.path("created").asLong()).isEqualTo(CUSTOMERS - 1);
      assertThat(customers.path("updated").asLong()).isZero();
      assertThat(customers.path("deadLettered").asLong()).isEqualTo(1);
      assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS - 1);

      JsonNode certificate = on(site, "reconcile", "--json").exits(0).json();
      assertThat(certificate.path("notes").toString())
          .contains("begun by a version that did not note its source");

      assertThat(on(site, "undo").exits(0).out())
          .contains("3 lists of created records have no digest");
      assertThat(on(site, "undo", "--confirm", "crm-history").exits(1).err())
          .contains("UNDO_UNPROVEN", "--unproven-receipts");
      assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS - 1);
      on(site, "undo", "--confirm", "crm-history", "--unproven-receipts").exits(0);
      assertThat(site.org().records("Account").count()).isZero();
      assertThat(site.org().records("Country__c").count()).isZero();
    }
  }

  @Test
  void oneOfALaterVersionIsRefused() throws Exception {
    try (Site site = killed()) {
      ledger(
          site,
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " installed_by, execution_time, success) VALUES (99, '9999', 'later', 'SQL',"
              + " 'V9999__later.sql', '', 1, 1)");
      assertThat(on(site, "run").exits(1).err()).contains("LEDGER_NEWER", "9999");
      assertThat(on(site, "undo").exits(1).err()).contains("LEDGER_NEWER");
    }
  }

  private static JsonNode table(JsonNode summary, String name) {
    for (JsonNode table : summary.path("tables")) {
      if (table.path("table").asText().equals(name)) {
        return table;
      }
    }
    throw new AssertionError("no table " + name + " in " + summary);
  }

  /** On the host that staged the files. */
  private Shell.Result on(Site site, String command, String... options) {
    Map<String, String> environment = Map.of("INITLOAD_HOST", "fixture");
    try (Launched launched =
        Launched.start(directory, environment, site.arguments(command, options))) {
      return launched.end();
    }
  }

  private Site killed() throws IOException, SQLException {
    unpack();
    Site site =
        Site.open(
            directory,
            OrgOptions.defaults()
                .data(directory.resolve("org"))
                .secret("kept-for-later")
                .clock(new BorrowedClock(Clock.offset(Clock.systemUTC(), age()))),
            CUSTOMERS);
    site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail' WHERE CUST_ID = 3");
    ledger(site, "UPDATE part SET path = replace(path, '%s', '%s/')".formatted(THEN, directory));
    return site;
  }

  /** The org forgets jobs after a week: for it, it is still then. */
  private Duration age() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT MAX(intent_at) FROM job")) {
      return Duration.between(Instant.now(), Instant.ofEpochMilli(rows.getLong(1))).plusSeconds(10);
    }
  }

  private static void ledger(Site site, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void unpack() throws IOException {
    try (InputStream file = OlderLedgerTest.class.getResourceAsStream("ledger-v3.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path path = directory.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(zip, path);
        }
      }
    }
  }
}
