package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job's way through its states, on a clock that the test moves. */
@Tag("system")
class JobStatesTest {
  private static final Instant START = Instant.parse("2026-11-01T08:00:00Z");

  private final VirtualClock clock = new VirtualClock(START);
  private final SimulatedOrg org =
      SimulatedOrg.start(
          OrgOptions.defaults()
              .clock(clock)
              .set("login.idleTimeout", "30d")
              .cost(new CostModel(Duration.ofSeconds(3), Duration.ZERO, 1000, 2)));
  private final RawClient client = RawClient.of(org);

  @AfterEach
  void close() {
    org.close();
  }

  static String accounts(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> "a-" + i + ",Account " + i)
        .collect(Collectors.joining("\n", "External_ID__c,Name\n", "\n"));
  }

  private String state(String job) {
    return client.job(job).path("state").asText();
  }

  @Test
  void rowsAreWrittenAsTimePasses() {
    String job = client.start("Account", "upsert", "External_ID__c", accounts(0, 10_000));

    assertThat(state(job)).isEqualTo("UploadComplete");
    clock.advance(Duration.ofSeconds(3));
    assertThat(state(job)).isEqualTo("InProgress");
    assertThat(org.records("Account").count()).isZero();
    clock.advance(Duration.ofSeconds(5));
    assertThat(org.records("Account").count()).isEqualTo(5000);
    assertThat(client.job(job).path("numberRecordsProcessed").asInt()).isEqualTo(5000);
    clock.advance(Duration.ofSeconds(5));

    JsonNode info = client.job(job);
    assertThat(info.path("state").asText()).isEqualTo("JobComplete");
    assertThat(info.path("totalProcessingTime").asLong()).isEqualTo(13_000);
    assertThat(info.path("apiActiveProcessingTime").asLong()).isEqualTo(10_000);
    assertThat(info.path("systemModstamp").asText()).isEqualTo("2026-11-01T08:00:13.000+0000");
  }

  @Test
  void onlySoManyBatchesRunAtATime() {
    String job = client.start("Account", "upsert", "External_ID__c", accounts(0, 40_000));

    clock.advance(Duration.ofSeconds(3 + 10));
    assertThat(org.records("Account").count()).isEqualTo(20_000);
    assertThat(state(job)).isEqualTo("InProgress");
    clock.advance(Duration.ofSeconds(10));
    assertThat(state(job)).isEqualTo("JobComplete");
  }

  @Test
  void oneLongMoveDoesTheSameAsManyShortOnes() {
    String job = client.start("Account", "upsert", "External_ID__c", accounts(0, 30_000));

    clock.advance(Duration.ofDays(1));

    assertThat(client.job(job).path("totalProcessingTime").asLong()).isEqualTo(23_000);
    assertThat(org.log().jobs()).extracting("state").endsWith("InProgress", "JobComplete");
    assertThat(org.log().jobs().get(3).at()).isEqualTo(START.plusSeconds(23));
  }

  @Test
  void anAbortedJobKeepsWhatItHasWritten() {
    String job = client.start("Account", "upsert", "External_ID__c", accounts(0, 10_000));
    clock.advance(Duration.ofSeconds(7));

    assertThat(client.state(job, "Aborted").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofMinutes(5));

    assertThat(state(job)).isEqualTo("Aborted");
    assertThat(org.records("Account").count()).isEqualTo(4000);
    assertThat(client.successful(job).lines()).hasSize(1 + 4000);
    assertThat(client.failed(job).lines()).hasSize(1);
    List<String> unprocessed = client.unprocessed(job).lines().toList();
    assertThat(unprocessed).hasSize(1 + 6000).startsWith("External_ID__c,Name");
    assertThat(unprocessed).contains("\"a-4000\",\"Account 4000\"");
  }

  @Test
  void illegalStepsAreRefusedByTheirCodes() {
    String open = client.create("Account", "insert");
    assertError(client.delete("jobs/ingest/" + open), "API_ERROR", "the job is not terminated");
    assertError(client.state(open, "JobComplete"), "INVALIDJOBSTATE", "");
    assertThat(client.upload(open, "Name\nA\n").statusCode()).isEqualTo(201);
    assertError(client.upload(open, "Name\nB\n"), "BULK_API_ERROR", "contents for job");
    assertThat(client.state(open, "UploadComplete").statusCode()).isEqualTo(200);
    assertError(client.state(open, "UploadComplete"), "INVALIDJOBSTATE", "");
    assertError(client.upload(open, "Name\nB\n"), "INVALIDJOBSTATE", "");
    clock.advance(Duration.ofMinutes(1));
    assertThat(state(open)).isEqualTo("JobComplete");
    assertError(
        client.state(open, "Aborted"),
        "INVALIDJOBSTATE",
        "Aborting already Completed Job not allowed");
    assertError(
        client.state(open, "UploadComplete"),
        "INVALIDJOBSTATE",
        "Closing already Completed Job not allowed");
  }

  private static void assertError(HttpResponse<String> response, String code, String text) {
    assertThat(response.statusCode()).isEqualTo(400);
    JsonNode error = RawClient.parse(response.body()).get(0);
    assertThat(error.path("errorCode").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).contains(text);
  }

  @Test
  void jobsVanishWhenTheirTimeIsOver() {
    String finished = client.start("Account", "upsert", "External_ID__c", accounts(0, 10));
    String open = client.create("Account", "insert");
    clock.advance(Duration.ofHours(25));
    assertThat(state(open)).isEqualTo("Aborted");
    assertThat(client.successful(finished).lines()).hasSize(11);

    clock.advance(Duration.ofDays(6));
    assertThat(client.get("jobs/ingest/" + finished).statusCode()).isEqualTo(404);
    assertThat(client.get("jobs/ingest/" + finished + "/successfulResults").statusCode())
        .isEqualTo(404);
    assertThat(state(open)).isEqualTo("Aborted");
    clock.advance(Duration.ofDays(1));
    assertThat(client.get("jobs/ingest/" + open).statusCode()).isEqualTo(404);
    assertThat(org.records("Account").count()).isEqualTo(10);
  }

  @Test
  void aDeletedQueuedJobIsNeverProcessed() {
    String job = client.start("Account", "upsert", "External_ID__c", accounts(0, 10));

    assertThat(client.delete("jobs/ingest/" + job).statusCode()).isEqualTo(204);
    clock.advance(Duration.ofHours(1));

    assertThat(client.delete("jobs/ingest/" + job).statusCode()).isEqualTo(404);
    assertThat(org.records("Account").count()).isZero();
  }

  @Test
  void othersMayAbortAJobButNotCloseIt() {
    RawClient other = new RawClient(org.instanceUrl(), org.administratorToken());
    String job = client.create("Account", "insert");

    assertError(other.upload(job, "Name\nA\n"), "INVALIDUSER", "");
    assertError(other.state(job, "UploadComplete"), "INVALIDUSER", "");
    assertThat(other.state(job, "Aborted").statusCode()).isEqualTo(200);
    assertThat(client.json("jobs/ingest").path("records").get(0).path("createdById").asText())
        .isEqualTo(org.user().id());
  }

  @Test
  void anEmptyJobCompletesWithEmptyResults() {
    String job = client.start("Account", "upsert", "External_ID__c", "");
    clock.advance(Duration.ofMinutes(1));

    assertThat(state(job)).isEqualTo("JobComplete");
    assertThat(client.job(job).path("numberRecordsProcessed").asInt()).isZero();
    assertThat(client.successful(job)).isEqualTo("\"sf__Id\",\"sf__Created\"\n");
  }
}
