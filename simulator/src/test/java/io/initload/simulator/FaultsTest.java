package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.contract.RawSocket;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.NamedAnswers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong in an org when a plan says so. */
@Tag("system")
class FaultsTest {
  private static final String ROWS = "External_ID__c,Name\n" + "a,A\nb,B\n".repeat(1);

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
  private SimulatedOrg org;
  private RawClient client;

  @BeforeEach
  void start() {
    org = SimulatedOrg.start(OrgOptions.defaults().clock(clock));
    client = RawClient.of(org);
  }

  @AfterEach
  void stop() {
    org.close();
  }

  @Test
  void answersComeInTheOrgsPlace() {
    org.faults(FaultPlan.on("limits", 1, Fault.Answered.of(NamedAnswers.BAD_GATEWAY)));
    HttpResponse<String> bad = client.get("limits");
    assertThat(bad.statusCode()).isEqualTo(502);
    assertThat(bad.body()).startsWith("<html>");
    assertThat(client.get("limits").statusCode()).isEqualTo(200);
    org.faults(FaultPlan.on("limits", 1, Fault.Answered.of(NamedAnswers.TOO_MANY_REQUESTS)));
    assertThat(client.get("limits").headers().firstValue("Retry-After")).contains("1");
    org.faults(FaultPlan.on("limits", 0, Fault.Answered.of(NamedAnswers.EDGE)));
    assertThat(client.get("limits").statusCode()).isEqualTo(420);
    org.clearFaults();
    assertThat(client.get("limits").statusCode()).isEqualTo(200);
  }

  @Test
  void aLostReplyHidesWhatWasDone() {
    org.faults(
        FaultPlan.on("ingest.create", 1, new Fault.ConnectionReset(Fault.Moment.AFTER_COMMIT)));
    assertThatThrownBy(() -> client.create("Account", "insert"))
        .isInstanceOf(RuntimeException.class);
    assertThat(org.jobs()).hasSize(1);
    org.faults(
        FaultPlan.on("ingest.create", 1, new Fault.ConnectionReset(Fault.Moment.BEFORE_COMMIT)));
    assertThatThrownBy(() -> client.create("Account", "insert"))
        .isInstanceOf(RuntimeException.class);
    assertThat(org.jobs()).hasSize(1);
  }

  @Test
  void aTokenIsRevokedInTheMiddleOfAnUpload() {
    String job = client.create("Account", "insert");
    org.faults(FaultPlan.on("ingest.upload", 1, new Fault.TokenRevoked(100_000)));
    byte[] csv =
        ("Name\n" + "x\n".repeat(500_000)).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    String seen;
    try {
      seen = "" + client.upload(job, BodyPublishers.ofByteArray(csv)).statusCode();
    } catch (RuntimeException e) {
      seen = "reset";
    }
    assertThat(seen).isIn("401", "reset");
    assertThat(client.get("limits").statusCode()).isEqualTo(401);
    RawClient again = RawClient.of(org);
    assertThat(again.job(job).path("state").asText()).isEqualTo("Open");
    assertThat(again.upload(job, BodyPublishers.ofByteArray(csv)).statusCode()).isEqualTo(201);
  }

  @Test
  void bodiesAreCutShort() {
    org.faults(FaultPlan.on("limits", 1, new Fault.TruncatedBody(10)));
    assertThatThrownBy(() -> client.get("limits")).isInstanceOf(RuntimeException.class);
    assertThat(client.get("limits").statusCode()).isEqualTo(200);
  }

  @Test
  void jobsAreAbortedHalfWay() {
    org.faults(FaultPlan.yaml("faults: [{then: {abortJob: {afterRows: 200}}}]"));
    String job = client.start("Account", "insert", "", "Name\n" + "x\n".repeat(450));
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.job(job).path("state").asText()).isEqualTo("Aborted");
    assertThat(client.successful(job).lines().count() - 1).isEqualTo(200);
    assertThat(client.unprocessed(job).lines().count() - 1).isEqualTo(250);
  }

  @Test
  void jobsFailHalfWayAndStall() {
    org.faults(
        FaultPlan.yaml(
            "faults: [{when: {times: 1}, then: {failJob: {message: 'Timeout : x', afterRows:"
                + " 200}}}]"));
    String job = client.start("Account", "insert", "", "Name\n" + "x\n".repeat(450));
    clock.advance(Duration.ofMinutes(1));
    JsonNode failed = client.job(job);
    assertThat(failed.path("state").asText()).isEqualTo("Failed");
    assertThat(failed.path("errorMessage").asText()).isEqualTo("Timeout : x");
    assertThat(client.successful(job).lines().count() - 1).isEqualTo(200);
    assertThat(client.unprocessed(job).lines().count() - 1).isEqualTo(250);
    org.faults(FaultPlan.yaml("faults: [{then: {stallJob: {for: 10m, afterRows: 200}}}]"));
    String slow = client.start("Account", "insert", "", "Name\n" + "x\n".repeat(450));
    clock.advance(Duration.ofMinutes(9));
    assertThat(client.job(slow).path("state").asText()).isEqualTo("InProgress");
    assertThat(client.job(slow).path("numberRecordsProcessed").asInt()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(2));
    assertThat(client.job(slow).path("state").asText()).isEqualTo("JobComplete");
  }

  @Test
  void locksAreMissedByAShareOfTheRows() {
    org.faults(FaultPlan.yaml("faults: [{then: {lockStorm: 0.25}}]"));
    String job = client.start("Account", "insert", "", "Name\n" + "x\n".repeat(400));
    clock.advance(Duration.ofMinutes(1));
    assertThat(client.job(job).path("numberRecordsFailed").asInt()).isBetween(60, 140);
    assertThat(client.failed(job))
        .contains("UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record");
  }

  @Test
  void theAdministrationDoesTheSameOverHttp() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> started =
        admin(
            http,
            "POST",
            "faults",
            "faults: [{when: {action: limits}, then: {answer: unavailable}}]");
    assertThat(started.statusCode()).isEqualTo(200);
    assertThat(client.get("limits").statusCode()).isEqualTo(503);
    assertThat(admin(http, "GET", "faults", "").body())
        .contains("\"strikes\":[{", "/services/data/v60.0/limits");
    assertThat(admin(http, "DELETE", "faults", "").statusCode()).isEqualTo(204);
    assertThat(client.get("limits").statusCode()).isEqualTo(200);
    assertThat(admin(http, "POST", "faults", "faults: [{then: {explode: 1}}]").body())
        .contains("ADMIN_ERROR", "unknown fault 'explode'");

    assertThat(admin(http, "POST", "clock", "{\"advance\":\"90m\"}").body())
        .contains("\"now\":\"2026-11-01T09:30:00Z\"");
    assertThat(admin(http, "POST", "limits", "{\"DailyApiRequests\":7}").body())
        .contains("\"DailyApiRequests\":7");
    assertThat(admin(http, "POST", "limits", "{\"Nope\":7}").body())
        .contains("no limit is named 'Nope'");
    assertThat(org.usage().allocations().dailyApiRequests()).isEqualTo(7);
    assertThat(admin(http, "POST", "sessions/revoke", "").statusCode()).isEqualTo(204);
    assertThat(client.get("limits").statusCode()).isEqualTo(401);
  }

  @Test
  void theAdministrationOpensSessionsOfOtherUsers() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> opened =
        admin(http, "POST", "sessions", "{\"username\":\"admin@simulated.example\"}");
    assertThat(opened.statusCode()).isEqualTo(200);
    JsonNode session = RawClient.JSON.readTree(opened.body());
    RawClient other =
        new RawClient(session.path("instance_url").asText(), session.path("access_token").asText());
    String theirs = other.create("Account", "insert");
    assertThat(client.job(theirs).path("createdById"))
        .isEqualTo(session.path("user_id"))
        .isNotEqualTo(client.job(client.create("Account", "insert")).path("createdById"));
    assertThat(client.upload(theirs, ROWS).statusCode()).as("not ours to fill").isEqualTo(400);
    assertThat(admin(http, "POST", "sessions", "{\"username\":\"nobody\"}").body())
        .contains("ADMIN_ERROR", "no user 'nobody'", "loader@simulated.example");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8443, 200",
    "localhost, 200",
    "LOCALHOST:1, 200",
    "evil.example, 403",
    "evil.example:8443, 403",
    "localhost.evil.example, 403",
    "127.0.0.1.evil.example:80, 403",
    "0.0.0.0, 403"
  })
  void theAdministrationIsForCallersOfThisMachineByName(String host, int status)
      throws IOException {
    try (RawSocket page = new RawSocket(URI.create(org.instanceUrl()))) {
      page.send("GET /admin/clock HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(page.statusLine()).contains(" " + status + " ");
    }
    try (RawSocket page = new RawSocket(URI.create(org.loginUrl()))) {
      page.send(
          "POST /admin/limits HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Length: 22\r\n\r\n{\"DailyApiRequests\":7}");
      assertThat(page.statusLine()).contains(" " + status + " ");
    }
    assertThat(org.usage().allocations().dailyApiRequests() == 7).isEqualTo(status == 200);
  }

  private HttpResponse<String> admin(HttpClient http, String method, String what, String body)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(org.instanceUrl() + "/admin/" + what))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Test
  void uploadsAreReset() {
    String job = client.create("Account", "insert");
    org.faults(FaultPlan.on("ingest.upload", 1, new Fault.UploadReset(1)));
    assertThatThrownBy(() -> client.upload(job, ROWS)).isInstanceOf(RuntimeException.class);
    assertThat(client.upload(job, ROWS).statusCode()).isEqualTo(201);
  }
}
