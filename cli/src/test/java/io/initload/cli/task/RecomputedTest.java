package io.initload.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.initload.cli.Launched;
import io.initload.cli.OrgApi;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.NamedAnswers;
import io.initload.simulator.hook.Effect;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.hook.RequestHook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A certificate is computed anew from source, org and ledger by a program that shares nothing with
 * ours ({@code cli/src/test/python/recompute.py}), and agrees to the row; where one of the three is
 * changed behind it, that program names what differs.
 */
@Tag("system")
class RecomputedTest {
  private static final int CUSTOMERS = 20_000;
  private static final String CHUNKING = "chunking: {strategy: rownum, rows: 10000}";
  private static final String BAD = "nobody(at)nowhere";
  private static final String GOOD = "somebody@nowhere.example";

  @TempDir Path directory;

  @Test
  void agreesToTheRowAndEveryPlantedDifferenceIsNamed() throws Exception {
    try (Site site = Site.open(directory, OrgOptions.defaults(), CUSTOMERS)) {
      Path certificate = certified(site);
      JsonNode customers = Shell.parse(Files.readString(certificate)).path("tables").path(1);
      assertThat(customers.path("updated").asLong()).isEqualTo(2);
      assertThat(customers.path("deadLettered").asLong()).isEqualTo(2);
      assertThat(customers.path("quarantined").asLong()).isEqualTo(2);
      assertThat(customers.path("corrected").path("rows").asLong()).isEqualTo(1);

      Told agreed = recompute(site, certificate, site.ledger());
      assertThat(agreed.lines())
          .containsExactly(
              "source, org, ledger and certificate agree on %d rows"
                  .formatted(CUSTOMERS + 1 + Site.COUNTRIES));
      assertThat(agreed.code()).isZero();

      ledgersThatWereChanged(site, certificate);
      certificatesThatWereChanged(site, certificate);
      anOrgThatWasChanged(site, certificate);
    }
  }

  /** With two hosts, a death, faults, locked rows, dead letters, a correction and replays. */
  private Path certified(Site site) throws IOException {
    site.source()
        .run(
            "UPDATE CUSTOMERS SET CUST_EMAIL = '" + BAD + "' WHERE CUST_ID = 7",
            "UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail' WHERE CUST_ID = 8",
            "UPDATE CUSTOMERS SET COUNTRY_ID = 4711 WHERE CUST_ID = 9",
            "ALTER TABLE CUSTOMERS DROP PRIMARY KEY",
            "INSERT INTO CUSTOMERS VALUES (10, 'Twice', 1, NULL)");
    dump(site);
    org(site).insert("Account", "External_ID__c,Name\n1,Old\n2,Older\n");
    aSecondLater();
    AtomicBoolean locks = new AtomicBoolean(true);
    site.org()
        .hooks()
        .add(
            job ->
                job.object().equals("Account") && locks.getAndSet(false)
                    ? new JobEffect.LockRows(0.01)
                    : JobEffect.NONE);
    Server source = site.serveSource();
    site.config(
        text ->
            text.replace("chunking: {rows: 10000}", CHUNKING)
                .replace(site.source().url(), site.source().url(source.getPort()))
                .replace(site.staging().toString(), "${INITLOAD_STAGING}"));
    step(site, "plan", Map.of());
    step(site, "finish", Map.of("table", "COUNTRIES"));
    dies(site);
    site.org()
        .faults(
            FaultPlan.on(
                "ingest.state",
                1,
                Fault.Answered.of(NamedAnswers.BAD_GATEWAY, Fault.Moment.AFTER_COMMIT)));
    List<Launched> runs = Stream.of("east", "west").map(host -> run(site, host)).toList();
    runs.forEach(run -> run.end().exits(4));
    site.org().clearFaults();
    source.stop();

    site.config(text -> text.replace("chunking: {rows: 10000}", CHUNKING));
    Path letters = directory.resolve("letters");
    site.run("dead-letters export", "--code", "INVALID_EMAIL_ADDRESS", "-o", letters.toString())
        .exits(0);
    Path file = letters.resolve("CUSTOMERS.csv");
    Files.writeString(file, Files.readString(file).replace(BAD, GOOD));
    site.run("dead-letters replay", "--from", file.toString()).exits(4);
    site.run("dead-letters replay").exits(4);
    Shell.Result made = site.run("reconcile", "--level", "full", "--json").exits(0);
    return Files.writeString(directory.resolve("certificate.json"), made.out());
  }

  /** Killed when the org has just made the job of its first part. */
  private void dies(Site site) {
    AtomicBoolean dead = new AtomicBoolean();
    try (Launched run = run(site, "east")) {
      site.org()
          .hooks()
          .add(
              (point, request, bytes) -> {
                if (point == RequestHook.Point.AFTER_COMMIT
                    && request.action().equals("ingest.create")
                    && !dead.getAndSet(true)) {
                  run.kill();
                }
                return Effect.NONE;
              });
      run.end().exits(137);
    }
  }

  private void ledgersThatWereChanged(Site site, Path certificate) throws Exception {
    assertThat(changed(site, certificate, "DELETE FROM exception_row WHERE external_id = '8'"))
        .contains("CUSTOMERS 8: is neither in the org nor held back in the ledger");
    assertThat(changed(site, certificate, "DELETE FROM exception_row WHERE code LIKE '%DUPLICATE'"))
        .contains("CUSTOMERS 10: is neither in the org nor held back in the ledger");
    assertThat(
            changed(
                site,
                certificate,
                "UPDATE exception_row SET external_id = '11' WHERE external_id = '9'"))
        .anyMatch(line -> line.startsWith("CUSTOMERS 9: is neither"))
        .anyMatch(line -> line.startsWith("CUSTOMERS 11: is in the org, and refused"));
    assertThat(
            changed(site, certificate, "UPDATE part SET created = created - 1 WHERE chunk_no = 2"))
        .anyMatch(line -> line.startsWith("CUSTOMERS chunk 2: "));
    assertThat(
            changed(
                site,
                certificate,
                "DELETE FROM job WHERE id = (SELECT MAX(id) FROM job WHERE table_name ="
                    + " 'CUSTOMERS')"))
        .anyMatch(line -> line.startsWith("CUSTOMERS: jobs is "));
  }

  private void certificatesThatWereChanged(Site site, Path certificate) throws Exception {
    ObjectNode document = (ObjectNode) Shell.parse(Files.readString(certificate));
    ((ObjectNode) document.path("tables").path(1)).put("created", CUSTOMERS);
    Path other = directory.resolve("other.json");
    Files.writeString(other, document.toString());
    assertThat(recompute(site, other, site.ledger()).lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("certificate: digest is "))
        .contains(
            "CUSTOMERS: created is %d on the certificate, and %d computed"
                .formatted(CUSTOMERS, CUSTOMERS - 5));
  }

  private void anOrgThatWasChanged(Site site, Path certificate) throws Exception {
    String id = idOf(site, 4711);
    org(site).load("Account", "update", "Id,Name\n" + id + ",Changed\n");
    Told changed = recompute(site, certificate, site.ledger());
    assertThat(changed.code()).isEqualTo(1);
    assertThat(changed.lines())
        .containsExactly(
            "CUSTOMERS 4711: Name is 'Changed' in the org instead of"
                + " 'Müller \"4711\"\\nné Łukasz'");
    org(site).load("Account", "delete", "Id\n" + idOf(site, 12) + "\n");
    assertThat(recompute(site, certificate, site.ledger()).lines())
        .contains("CUSTOMERS 12: is neither in the org nor held back in the ledger");
    aSecondLater();
    org(site).insert("Account", "External_ID__c,Name\n99999,Stranger\n");
    assertThat(recompute(site, certificate, site.ledger()).lines())
        .contains("CUSTOMERS 99999: is in the org, and in the source is no row that may be it");
  }

  private static String idOf(Site site, int customer) {
    return org(site)
        .query("SELECT Id FROM Account WHERE External_ID__c = '" + customer + "'")
        .get(0)
        .path("Id")
        .asText();
  }

  /** What is said of a copy of the ledger that somebody wrote into. */
  private List<String> changed(Site site, Path certificate, String sql) throws Exception {
    Path copy = Files.createTempFile(directory, "ledger-", ".db");
    Files.delete(copy);
    sql(site.ledger(), "VACUUM INTO '" + copy + "'");
    assertThat(sql(copy, sql)).as("rows changed by %s", sql).isPositive();
    Told told = recompute(site, certificate, copy);
    assertThat(told.code()).as("%s", told).isEqualTo(1);
    return told.lines();
  }

  private static int sql(Path ledger, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + ledger);
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private record Told(int code, List<String> lines) {}

  private Told recompute(Site site, Path certificate, Path ledger) throws Exception {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("certificate", certificate.toString()).put("ledger", ledger.toString());
    request
        .putObject("org")
        .put("instance", site.org().instanceUrl())
        .put("token", site.org().accessToken());
    JsonNode tables =
        Shell.parse(
            """
            [{"name": "COUNTRIES", "object": "Country__c",
              "fields": {"COUNTRY_ID": "External_ID__c", "COUNTRY_NAME": "Name"}},
             {"name": "CUSTOMERS", "object": "Account",
              "fields": {"CUST_ID": "External_ID__c", "CUST_LAST_NAME": "Name",
                         "COUNTRY_ID": "Country__r.External_ID__c", "CUST_EMAIL": "Email__c"}}]""");
    tables.forEach(
        table -> ((ObjectNode) table).put("rows", dumped(table.path("name").asText()).toString()));
    request.set("tables", tables);
    Path script = Path.of("src/test/python/recompute.py").toAbsolutePath();
    Path asked = Files.writeString(directory.resolve("request.json"), request.toString());
    Path said = directory.resolve("said.txt");
    Process process =
        new ProcessBuilder("python3", script.toString())
            .redirectInput(asked.toFile())
            .redirectOutput(said.toFile())
            .redirectErrorStream(true)
            .start();
    int code = process.waitFor();
    return new Told(code, Files.readAllLines(said));
  }

  private Path dumped(String table) {
    return directory.resolve(table + ".csv");
  }

  /** The tables as SQL has them before anything else looks at them. */
  private void dump(Site site) {
    for (String table : List.of("COUNTRIES", "CUSTOMERS")) {
      site.source()
          .run(
              "CALL CSVWRITE('%s', 'SELECT * FROM %s', 'charset=UTF-8 escape=\" fieldSeparator=,')"
                  .formatted(dumped(table), table));
    }
  }

  private static OrgApi org(Site site) {
    return OrgApi.login(site.org().loginUrl(), site.org().clientId(), site.org().clientSecret());
  }

  /** The org dates its records to the second: what comes now is later by its dates, too. */
  private static void aSecondLater() {
    long second = Instant.now().getEpochSecond();
    while (Instant.now().getEpochSecond() <= second) {
      Thread.onSpinWait();
    }
  }

  private Launched run(Site site, String host) {
    return Launched.start(
        directory, Task.environment(site, host), "run", "-c", site.config().toString());
  }

  private static void step(Site site, String step, Map<String, Object> request) {
    try (Task task = Task.start(site, "west", step, request)) {
      task.ends(0);
    }
  }
}
