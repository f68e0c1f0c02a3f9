package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user's mistakes: each is told once, with a code, what is wrong and what to do next, by the
 * right exit code and without a stack trace, and nothing is written.
 */
@Tag("system")
class BadInputTest {
  private static final int CONFIGURATION = 1;
  private static final int PLATFORM = 2;
  private static final int TRANSIENT = 75;

  @TempDir Path directory;
  private Site site;

  @BeforeEach
  void open() {
    site = Site.open(directory);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void wrongPassword() {
    site.with("password: " + OracleFile.PASSWORD, "password: wrong-1234");
    refused(PLATFORM, "SOURCE_LOGIN", "Wrong user name or password");
  }

  @Test
  void unknownTable() {
    site.with("source: CUSTOMERS", "source: CUSTOMER");
    refused(CONFIGURATION, "SOURCE_TABLE", "CUSTOMER", "CUSTOMERS");
  }

  @Test
  void unknownColumn() {
    site.with("CUST_LAST_NAME: Name", "CUST_LASTNAME: Name");
    refused(CONFIGURATION, "COLUMN_UNKNOWN", "CUST_LASTNAME", "CUST_LAST_NAME");
  }

  @Test
  void unknownObject() {
    site.with("object: Account", "object: Acount");
    refused(CONFIGURATION, "ORG_OBJECT", "Acount", "Account");
  }

  @Test
  void externalIdThatIsNone() {
    site.with(
        "externalId: External_ID__c\n    columns:\n      CUST_ID: External_ID__c",
        "externalId: AccountNumber\n    columns:\n      CUST_ID: AccountNumber");
    refused(CONFIGURATION, "EXTERNAL_ID_NOT_ONE", "AccountNumber");
  }

  @Test
  void severalMistakesAreToldAtOnce() {
    site.with("CUST_LAST_NAME: Name", "CUST_LASTNAME: Name")
        .config(text -> read().replace("COUNTRY_NAME: Name", "COUNTRY_NAME: Nome"));
    for (String command : new String[] {"validate", "plan", "run"}) {
      Shell.Result result = site.run(command).exits(CONFIGURATION);
      assertThat(result.out() + result.err()).contains("COLUMN_UNKNOWN", "FIELD_UNKNOWN");
    }
  }

  @Test
  void malformedYaml() {
    site.with("phases: [reference, customers]", "phases: [reference, customers");
    refused(CONFIGURATION, "CONFIG", "migration.yaml:", "malformed YAML");
  }

  @Test
  void unknownSetting() {
    site.with("sessions: 2", "sesions: 2");
    refused(CONFIGURATION, "CONFIG", "migration.yaml:6", "sesions", "sessions");
  }

  @Test
  void missingVariable() {
    site.with("password: " + OracleFile.PASSWORD, "password: ${NO_SUCH_VARIABLE_4711}");
    refused(CONFIGURATION, "CONFIG", "NO_SUCH_VARIABLE_4711");
  }

  @Test
  void missingConfigurationFile() throws IOException {
    Files.delete(site.config());
    refused(CONFIGURATION, "CONFIG", "migration.yaml", "no such file");
  }

  @Test
  void stagingDirectoryThatCannotBeWritten() throws IOException {
    // Below a file nobody can make a directory, not even root.
    Path file = Files.writeString(directory.resolve("file"), "");
    site.with(site.staging().toString(), file.resolve("staging").toString());
    refused(PLATFORM, "STAGING_DIRECTORY", file.resolve("staging").toString());
  }

  @Test
  void ledgerOfANewerVersion() throws SQLException {
    site.run("plan").exits(0);
    try (Connection ledger = DriverManager.getConnection("jdbc:sqlite:" + site.ledger());
        Statement statement = ledger.createStatement()) {
      statement.execute(
          """
          INSERT INTO flyway_schema_history SELECT 99, '99', 'from the future', type, 'V99__x.sql', 1,
          installed_by, installed_on, 1, 1 FROM flyway_schema_history WHERE installed_rank = 1\
          """);
    }
    refused(CONFIGURATION, "LEDGER_NEWER", "version 99");
  }

  @Test
  void ledgerThatIsNone() throws IOException {
    Files.writeString(site.ledger(), "Dear diary,\n".repeat(500));
    refused(PLATFORM, "LEDGER_DAMAGED", site.ledger().toString());
  }

  @Test
  void wrongClientSecret() {
    site.with(site.org().clientSecret(), "wrong-1234");
    refused(PLATFORM, "ORG_LOGIN", "gives no token");
  }

  @Test
  void instanceThatIsNotTheTokens() {
    site.with(
        "instance: " + site.org().instanceUrl().replace("http://", ""),
        "instance: production.my.salesforce.com");
    refused(CONFIGURATION, "ORG_INSTANCE", "production.my.salesforce.com");
  }

  @Test
  void orgThatIsAway() throws IOException {
    site.with(site.org().loginUrl(), "http://127.0.0.1:" + closedPort());
    refused(TRANSIENT, "ORG_UNAVAILABLE", "oauth2/token");
  }

  @Test
  void databaseThatIsAway() throws IOException {
    Files.move(directory.resolve("source.mv.db"), directory.resolve("moved.mv.db"));
    refused(PLATFORM, "SOURCE_UNREACHABLE", "source");
  }

  @Test
  void oracleThatIsAway() throws IOException {
    site.with(site.source().url(), "jdbc:oracle:thin:@//127.0.0.1:" + closedPort() + "/CRM");
    refused(PLATFORM, "SOURCE_UNREACHABLE", "127.0.0.1");
  }

  @Test
  void changedMapping() {
    site.run("run").exits(0);
    site.with("CUST_EMAIL: Email__c", "CUST_EMAIL: Site");
    Shell.Result result = site.run("run").exits(CONFIGURATION);
    assertThat(result.out() + result.err())
        .containsOnlyOnce("stopped MAPPING_CHANGED: The mapping of CUSTOMERS was changed")
        .contains("  next: Restore the mapping")
        .doesNotContain("\tat ", "Exception");
  }

  @Test
  void unknownTableOrPhaseOfTheRun() {
    told(
        site.run("run", "--table", "CUSTOMER").exits(CONFIGURATION),
        "USAGE",
        "--table CUSTOMER is not in the configuration",
        "CUSTOMERS");
    told(site.run("run", "--phase", "refernce").exits(CONFIGURATION), "USAGE", "--phase refernce");
    nothingWritten();
  }

  @Test
  void unknownOptionsAndCommands() {
    told(site.run("run", "--tabel", "X").exits(CONFIGURATION), "USAGE", "--tabel", "--table");
    told(Shell.run("rum", "-c", "x").exits(CONFIGURATION), "USAGE", "rum", "run");
    told(Shell.run().exits(CONFIGURATION), "USAGE", "a command is missing");
    told(Shell.run("run").exits(CONFIGURATION), "USAGE", "--config");
    told(Shell.run("dead-letters").exits(CONFIGURATION), "USAGE", "list");
    told(Shell.run("demo", "--sales", "many").exits(CONFIGURATION), "USAGE", "many");
    told(
        site.run("reconcile", "--level", "deep").exits(CONFIGURATION),
        "USAGE",
        "deep",
        "COUNT",
        "SAMPLE");
  }

  @Test
  void nothingWasMigratedYet() {
    for (String command : new String[] {"status", "reconcile", "report", "dead-letters list"}) {
      told(site.run(command).exits(CONFIGURATION), "NOT_BEGUN", "crm-history");
    }
  }

  @Test
  void reportThatCannotBeWritten() {
    site.run("run").exits(0);
    Path nowhere = directory.resolve("no/such/report.html");
    told(site.run("report", "-o", nowhere.toString()).exits(PLATFORM), "REPORT_FILE", "no/such");
  }

  @Test
  void portThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      told(
          Shell.run("simulator", "--port", "" + taken.getLocalPort()).exits(PLATFORM),
          "SIMULATOR",
          "" + taken.getLocalPort());
    }
  }

  /** Every command that opens the migration says the same, to people and to programs. */
  private void refused(int exitCode, String code, String... words) {
    for (String command : new String[] {"validate", "plan", "run"}) {
      Shell.Result result = site.run(command).exits(exitCode);
      if (command.equals("validate") && result.err().isEmpty()) {
        assertThat(result.out()).contains("ERROR " + code).contains(words).contains("next: ");
        continue;
      }
      told(result, code, words);
      assertThat(result.out()).isEmpty();
      JsonNode error = site.run(command, "--json").exits(exitCode).json().path("error");
      if (!command.equals("validate")) {
        assertThat(error.path("code").asText()).isEqualTo(code);
        assertThat(error.path("message").asText()).contains(words[0]);
        assertThat(error.path("remedy").asText()).isNotEmpty();
      }
    }
    nothingWritten();
  }

  private void told(Shell.Result result, String code, String... words) {
    assertThat(result.err()).contains("error " + code + ": ").contains(words).contains("  next: ");
    assertThat(result.err().lines().filter(l -> l.startsWith("error "))).hasSize(1);
    assertThat(result.out() + result.err())
        .doesNotContain("\tat ", "Exception", OracleFile.PASSWORD, site.org().clientSecret());
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void nothingWritten() {
    assertThat(site.org().jobs()).isEmpty();
  }

  private String read() {
    try {
      return Files.readString(site.config());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
