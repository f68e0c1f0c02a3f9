package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import io.initload.simulator.OrgRecord;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.FaultRule;
import io.initload.simulator.fault.Trigger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which record each loaded row is, as CSV. */
@Tag("system")
class ExportKeysTest {
  @TempDir private Path directory;

  @Test
  void everyLoadedRowHasItsRecordAndNoOtherIsThere() throws IOException {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'nobody(at)nowhere' WHERE CUST_ID = 7");
      site.run("run").exits(4);
      Path keys = directory.resolve("keys");
      JsonNode said =
          site.run("export-keys", "-o", keys.toString(), "--json").exits(0).json().path("tables");
      assertThat(said.findValuesAsText("table")).containsExactly("COUNTRIES", "CUSTOMERS");
      assertThat(said.path(1).path("records").asLong()).isEqualTo(1_999);
      assertThat(said.path(1).path("loaded").asLong()).isEqualTo(1_999);
      assertThat(said.path(1).path("limit").asText())
          .contains("written since the first job", "whose key the source has at the snapshot");

      List<String> lines = Files.readAllLines(keys.resolve("CUSTOMERS.csv"));
      assertThat(lines.get(0)).isEqualTo("External_ID__c,Id");
      Map<String, String> written = new TreeMap<>();
      lines.stream()
          .skip(1)
          .map(line -> line.split(",", -1))
          .forEach(line -> assertThat(written.put(line[0], line[1])).isNull());
      assertThat(written).isEqualTo(records(site)).doesNotContainKey("7");
      assertThat(Files.getPosixFilePermissions(keys.resolve("CUSTOMERS.csv")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void theLedgerHasThemForWhoeverJoins() throws SQLException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      assertThat(site.run("export-keys", "--into-ledger").exits(0).out()).contains("record_key");
      assertThat(listed(site)).isEqualTo(records(site));
      Path keys = directory.resolve("keys");
      site.run("export-keys", "--into-ledger", "-o", keys.toString(), "--table", "CUSTOMERS")
          .exits(0);
      assertThat(listed(site)).isEqualTo(records(site));
      assertThat(keys.resolve("CUSTOMERS.csv")).exists();
      assertThat(site.run("export-keys").exits(1).err()).contains("-o=DIR", "--into-ledger");
    }
  }

  private static Map<String, String> listed(Site site) throws SQLException {
    Map<String, String> found = new TreeMap<>();
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
        Statement statement = ledger.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT external_id, record_id FROM record_key WHERE table_name = 'CUSTOMERS'")) {
      while (rows.next()) {
        assertThat(found.put(rows.getString(1), rows.getString(2))).isNull();
      }
    }
    return found;
  }

  @Test
  void aTableWithoutAllItsRecordsIsAMismatch() throws IOException, InterruptedException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      delete(site, "Account/External_ID__c/9");
      Path keys = directory.resolve("keys");
      assertThat(
              site.run("export-keys", "-o", keys.toString(), "--table", "CUSTOMERS").exits(6).out())
          .contains("1,999 records of Account, 2,000 rows are booked as loaded: THEY DIFFER");
    }
  }

  @Test
  void whereTheSourceIsAnotherThatIsSaid() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.source().run("DELETE FROM CUSTOMERS WHERE CUST_ID = 9");
      Path keys = directory.resolve("keys");
      assertThat(
              site.run("export-keys", "-o", keys.toString(), "--table", "CUSTOMERS").exits(0).out())
          .contains("of any key, since the source cannot be asked any more");
      assertThat(keys.resolve("CUSTOMERS.csv")).content().contains("\n9,001");
    }
  }

  @Test
  void aQueryThatTheOrgDoesNotEndIsTriedAgainByTheSameCommand() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.org().faults(FaultPlan.of(queries("create", "Open"), queries("get", "Failed")));
      Path keys = directory.resolve("keys");
      assertThat(site.run("export-keys", "-o", keys.toString()).exits(75).err())
          .contains("EXPORT_QUERY", "the same command");
      assertThat(keys.resolve("COUNTRIES.csv")).doesNotExist();
      site.org().clearFaults();
      site.run("export-keys", "-o", keys.toString()).exits(0);
    }
  }

  @Test
  void filesThatCannotBeWrittenAreNamed() throws IOException {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      Path file = Files.writeString(directory.resolve("file"), "");
      assertThat(site.run("export-keys", "-o", file.toString()).exits(2).err())
          .contains("EXPORT_FILE", file.toString());
    }
  }

  private static FaultRule queries(String what, String state) {
    String body = "{\"id\":\"750xx0000000001AAA\",\"state\":\"%s\"}".formatted(state);
    return new FaultRule(
        what,
        Trigger.action("query." + what, 10_000),
        new Fault.Answered(200, "application/json", body, Map.of(), Fault.Moment.BEFORE_COMMIT));
  }

  /** As another user of the org would. */
  private static void delete(Site site, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(site.org().instanceUrl() + "/services/data/v60.0/sobjects/" + path))
            .header("Authorization", "Bearer " + site.org().accessToken())
            .DELETE()
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(204);
  }

  private static Map<String, String> records(Site site) {
    Map<String, String> records = new TreeMap<>();
    try (Stream<OrgRecord> all = site.org().records("Account").stream()) {
      all.forEach(r -> r.value("External_ID__c").ifPresent(id -> records.put(id, r.id())));
    }
    return records;
  }
}
