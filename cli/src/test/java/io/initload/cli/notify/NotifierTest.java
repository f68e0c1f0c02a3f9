package io.initload.cli.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Shell;
import io.initload.cli.Site;
import io.initload.cli.task.Task;
import io.initload.simulator.OrgOptions;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told of a migration by a mail server and by a webhook, and what they are not. */
@Tag("system")
class NotifierTest {
  @TempDir Path directory;

  private final Receivers receivers = new Receivers();

  @AfterEach
  void close() {
    receivers.close();
  }

  @Test
  void aRunTellsItsStartAndItsEndOnce() throws Exception {
    try (Site site = receivers.told(Site.open(directory))) {
      Shell.Result run = site.run("run").exits(0);
      site.run("run").exits(0);

      assertThat(receivers.events()).containsExactly("started", "done");
      assertThat(receivers.subjects())
          .containsExactly("initload crm-history: started", "initload crm-history: done");
      JsonNode done = receivers.posted().get(1);
      assertThat(done.path("migration").asText()).isEqualTo("crm-history");
      assertThat(done.path("snapshotRows").asLong()).isEqualTo(2_000 + Site.COUNTRIES);
      assertThat(done.path("rowsLeft").asLong(-1)).isZero();
      MimeMessage mail = receivers.mails().get(1);
      assertThat(mail.getFrom()[0]).hasToString("etl@example.com");
      assertThat(mail.getAllRecipients()[0]).hasToString("dba@example.com");
      assertThat(mail.getHeader("Auto-Submitted", ",")).isEqualTo("auto-generated");
      assertThat(mail.getContent().toString())
          .contains("2,020 of 2,020 rows", "initload reconcile");

      String kept = Files.readString(site.ledger(), StandardCharsets.ISO_8859_1);
      for (String secret : List.of(Receivers.TOKEN, Receivers.PASSWORD, Receivers.PATH)) {
        assertThat(run.out() + run.err() + kept).doesNotContain(secret);
      }
    }
  }

  @Test
  void rowsThatNeedAPersonAreToldByNumberAndCodeAlone() throws Exception {
    try (Site site = receivers.told(Site.open(directory))) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail of hers' WHERE CUST_ID = 7");
      site.run("run").exits(4);
      site.run("run").exits(4);

      assertThat(receivers.events()).containsExactly("started", "needs-a-person", "done");
      JsonNode person = receivers.posted().get(1);
      assertThat(person.path("audit").asText()).matches("[1-9][0-9]*:[0-9a-f]{64}");
      assertThat(person.path("heldBack").properties())
          .singleElement()
          .satisfies(code -> assertThat(code.getValue().asLong()).isEqualTo(1));
      for (JsonNode posted : receivers.posted()) {
        assertThat(posted.toString()).doesNotContain("no mail of hers", "Müller");
      }
      for (MimeMessage mail : receivers.mails()) {
        assertThat(mail.getContent().toString()).doesNotContain("no mail of hers", "Müller");
      }
    }
  }

  @Test
  void aTableThatIsStoppedIsToldAndSoIsThatItGoesOn() {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail' WHERE CUST_ID < 100");
      site.config(
          text ->
              text.replace(
                      "chunking: {rows: 10000}", "chunking: {rows: 10000}\n    stopAfterErrors: 5")
                  + receivers.block());
      site.run("run").exits(3);
      assertThat(receivers.events()).startsWith("started").endsWith("stopped");
      JsonNode stopped = receivers.posted().get(receivers.posted().size() - 1);
      assertThat(stopped.path("stopped").path("CUSTOMERS").asText()).isEqualTo("TOO_MANY_ERRORS");
      int before = receivers.events().size();

      receivers.told(site);
      site.run("run").exits(4);
      assertThat(receivers.events().subList(before, receivers.events().size()))
          .as("the rows that need a person were told of before")
          .containsExactly("started", "done");
    }
  }

  @Test
  void anAllowanceThatIsUsedUpIsToldWithItsTime() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), 30_000)) {
      site.config(
          text ->
              text.replace(
                      "http: {attempts",
                      "compression: identity\n  dailyBatches: 2\n  http: {attempts")
                  + receivers.block());
      Instant start = Instant.now();
      site.run("run", "--when-exhausted", "stop").exits(76);
      assertThat(receivers.events()).containsExactly("started", "quota");
      assertThat(Instant.parse(receivers.posted().get(1).path("until").asText()))
          .isBetween(
              start.plus(Duration.ofHours(24)).minusSeconds(1),
              Instant.now().plus(Duration.ofHours(24)));
      assertThat(site.run("status").exits(0).out())
          .contains("The daily allowance is used up; loading goes on at ");
    }
  }

  @Test
  void onlyWhatWasAskedForIsTold() {
    try (Site site = Site.open(directory)) {
      site.config(text -> text + receivers.block("  events: [done]\n"));
      site.run("run").exits(0);
      assertThat(receivers.events()).containsExactly("done");
      assertThat(receivers.subjects()).containsExactly("initload crm-history: done");
    }
  }

  @Test
  void theStepsOfAnOrchestratorTellTheSameAndNothingTwice() {
    try (Site site = receivers.told(Site.open(directory))) {
      for (String table : List.of("COUNTRIES", "CUSTOMERS")) {
        Map<String, Object> request = Map.of("table", table);
        Task.run(site, "preflight", request, 0);
        Task.run(site, "plan", request, 0);
        Map<String, Object> chunk = Map.of("table", table, "chunk", 1);
        Task.run(site, "move", chunk, 0);
        Task.run(site, "collect", chunk, 0);
        Task.run(site, "finish", request, 0);
        Task.run(site, "summarise", request, 0);
      }
      assertThat(receivers.events()).containsExactly("started");
      Task.run(site, "reconcile", Map.of(), 0);
      Task.run(site, "reconcile", Map.of(), 0);
      assertThat(receivers.events()).containsExactly("started", "done");
      assertThat(receivers.subjects()).hasSize(2);
    }
  }
}
