package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.task.Task;
import io.initload.simulator.OrgOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command line reading the stand-in for Oracle by the real driver: alone, on two hosts, and
 * killed in the middle of a read.
 */
@Tag("system")
class StandInTest {
  private static final int CUSTOMERS = 6_000;
  private static StandIn oracle;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    oracle = StandIn.start(CUSTOMERS);
  }

  @AfterAll
  static void stop() {
    oracle.close();
  }

  @Test
  void goesFromValidateToTheCertificate() {
    try (Site site = site("whole")) {
      JsonNode validated = site.run("validate", "--json").exits(0).json();
      assertThat(validated.path("valid").asBoolean()).isTrue();
      assertThat(site.run("plan", "--sql").exits(0).out())
          .contains("AS OF SCN", "GRANT SELECT, FLASHBACK");
      site.run("run").exits(0);
      provedComplete(site);
    }
  }

  @Test
  void whatTheDatabaseRefusesIsNamedByValidate() {
    try (Site site = site("refused")) {
      oracle.dba("ALTER USER LOADER ACCOUNT LOCK");
      Shell.Result refused = site.run("validate");
      oracle.dba("ALTER USER LOADER ACCOUNT UNLOCK");
      assertThat(refused.exits(2).err()).contains("SOURCE_LOGIN", "ORA-28000");
      site.config(
          oracle.configured("unseen").andThen(t -> t.replace(": CUSTOMERS", ": SH.T"))::apply);

      Shell.Result unseen = site.run("validate");
      assertThat(unseen.out()).contains("SOURCE_TABLE", "SH.T");
      assertThat(unseen.code()).isEqualTo(1);
    }
  }

  @Test
  void twoHostsShareTheChunks() {
    try (Site site = hosts("shared")) {
      try (Launched east = launched(site, "east", "run");
          Launched west = launched(site, "west", "run")) {
        east.end().exits(0);
        west.end().exits(0);
      }
      provedComplete(site);
    }
  }

  /** The database goes silent in the middle of a fetch; the process dies waiting for it. */
  @Test
  void aKillInTheMiddleOfAFetchLosesNothing() {
    try (Site site = hosts("killed")) {
      oracle.told(
          "{\"faults\": [{\"when\": {\"call\": \"fetch\", \"statement\": \"*CUST_LAST_NAME*\","
              + " \"numbers\": \"3-\"}, \"then\": {\"stall\": 500}}]}");
      try (Launched run = launched(site, "east", "run")) {
        run.until(() -> oracle.told("strikes").path("strikes").size() > 1);
        run.kill();
      } finally {
        oracle.told("{}");
      }
      assertThat(site.org().records("Account").count()).isLessThan(CUSTOMERS);
      try (Launched again = launched(site, "east", "run")) {
        again.end().exits(0);
      }
      provedComplete(site);
    }
  }

  /** By the statements of the page for the DBA, while rows are read. */
  @Test
  void aDbaStopsItWithoutUsAndLetsItGoOn() throws IOException {
    try (Site site = hosts("stopped")) {
      oracle.told(
          "{\"faults\": [{\"when\": {\"call\": \"fetch\", \"statement\": \"*CUST_LAST_NAME*\","
              + " \"numbers\": \"2-\"}, \"then\": {\"delay\": 0.5}}]}");
      try (Launched run = launched(site, "east", "run")) {
        run.until(() -> oracle.told("strikes").path("strikes").size() > 1);
        oracle.dba(statementsThatStop());
        Shell.Result stopped = run.end();
        assertThat(stopped.err()).contains("SOURCE_LOGIN", "ORA-28000");
        assertThat(stopped.code()).isEqualTo(2);
      } finally {
        oracle.told("{}");
        oracle.dba("ALTER USER LOADER ACCOUNT UNLOCK");
      }
      try (Launched again = launched(site, "east", "run")) {
        again.end().exits(0);
      }
      provedComplete(site);
    }
  }

  /** The two statements of docs/oracle.md, of the user of this test. */
  private static String[] statementsThatStop() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "oracle.md"));
    String stop = page.substring(page.indexOf("**Stopping us, without us.**"));
    int begin = stop.indexOf("```sql\n") + 7;
    String sql = stop.substring(begin, stop.indexOf("\n```\n", begin));
    String[] statements =
        sql.replaceAll("(?i)user initload", "USER LOADER")
            .replace("'INITLOAD'", "'LOADER'")
            .split(";\n", 2);
    assertThat(statements).hasSize(2);
    return statements;
  }

  private Site site(String ledger) {
    return Site.open(directory, OrgOptions.defaults(), 1).config(oracle.configured(ledger));
  }

  /** Each host has a disk of its own. */
  private Site hosts(String ledger) {
    Site site = Site.open(directory, OrgOptions.defaults(), 1);
    String disk = site.staging().toString();
    UnaryOperator<String> configured = oracle.configured(ledger);
    return site.config(text -> configured.apply(text).replace(disk, "${INITLOAD_STAGING}"));
  }

  /** In a process of its own, on a host. */
  private Launched launched(Site site, String host, String command, String... options) {
    Map<String, String> environment = Task.environment(site, host);
    return Launched.start(directory, environment, site.arguments(command, options));
  }

  private void provedComplete(Site site) {
    assertThat(site.org().records("Account").count()).isEqualTo(CUSTOMERS);
    assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
    try (Launched reconcile = launched(site, "east", "reconcile", "--json")) {
      MigrationTest.checkCertificate(reconcile.end().exits(0).json(), 2);
    }
  }
}
