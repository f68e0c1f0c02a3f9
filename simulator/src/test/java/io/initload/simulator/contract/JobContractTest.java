package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 4 to 7, 27, 28 and 32: the life of a job. */
@ExtendWith(Rows.class)
@Tag("system")
class JobContractTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void row04_createIsShortAndGetIsLong() {
    try (Org org = Org.open()) {
      JsonNode created =
          org.create("Account", "upsert", "\"externalIdFieldName\":\"External_ID__c\"");
      String id = created.path("id").asText();
      assertThat(names(created))
          .contains(
              "id",
              "operation",
              "object",
              "createdById",
              "createdDate",
              "systemModstamp",
              "state",
              "externalIdFieldName",
              "concurrencyMode",
              "contentType",
              "apiVersion",
              "contentUrl",
              "lineEnding",
              "columnDelimiter")
          .doesNotContain("jobType", "numberRecordsProcessed", "assignmentRuleId", "errorMessage");
      assertThat(created.path("contentUrl").asText())
          .isEqualTo("services/data/v60.0/jobs/ingest/" + id + "/batches");
      assertThat(created.path("concurrencyMode").asText()).isEqualTo("Parallel");
      JsonNode job = org.job(id);
      assertThat(names(job))
          .contains(
              "jobType",
              "numberRecordsProcessed",
              "numberRecordsFailed",
              "retries",
              "totalProcessingTime",
              "apiActiveProcessingTime",
              "apexProcessingTime",
              "contentUrl")
          .doesNotContain("errorMessage");
      assertThat(job.path("jobType").asText()).isEqualTo("V2Ingest");
      JsonNode aborted = Org.json(org.state(id, "Aborted"));
      assertThat(names(aborted))
          .doesNotContain("contentUrl", "lineEnding", "columnDelimiter", "numberRecordsProcessed");
      assertThat(names(org.job(id))).doesNotContain("contentUrl");
      JsonNode insert = org.create("Account", "insert", "");
      assertThat(names(insert)).doesNotContain("externalIdFieldName");
      org.state(insert.path("id").asText(), "Aborted");
    }
  }

  @Test
  void row05_datesHaveNoColonAndTheVersionIsANumber() {
    try (Org org = Org.open()) {
      JsonNode job = org.create("Account", "insert", "");
      assertThat(job.path("createdDate").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
      assertThat(job.path("systemModstamp").asText())
          .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}\\+0000");
      assertThat(job.path("apiVersion").isNumber()).isTrue();
      assertThat(job.path("apiVersion").toString()).isEqualTo("60.0");
      assertThat(job.path("id").asText()).startsWith("750").hasSize(18);
      assertThat(job.path("createdById").asText()).startsWith("005").hasSize(18);
      org.state(job.path("id").asText(), "Aborted");
    }
  }

  @Test
  void row06_illegalStatesAreRefused() {
    try (Org org = Org.open()) {
      String id =
          org.load("Account", "insert", "", "Name,External_ID__c\nx," + org.key("row06") + "\n");
      HttpResponse<String> abort = org.state(id, "Aborted");
      assertThat(abort.statusCode()).isEqualTo(400);
      assertThat(Org.error(abort).path("errorCode").asText()).isEqualTo("INVALIDJOBSTATE");
      assertThat(Org.error(abort).path("message").asText())
          .isEqualTo("Aborting already Completed Job not allowed");
      HttpResponse<String> close = org.state(id, "UploadComplete");
      assertThat(close.statusCode()).isEqualTo(400);
      assertThat(Org.error(close).path("message").asText())
          .isEqualTo("Closing already Completed Job not allowed");
      HttpResponse<String> nonsense =
          org.tryCreate("{\"object\":\"Account\",\"operation\":\"Insert\"}");
      assertThat(Org.error(nonsense).path("errorCode").asText()).isEqualTo("API_ERROR");
      assertThat(Org.error(nonsense).path("message").asText())
          .isEqualTo("Invalid value: 'Insert' supplied for property: 'operation'");
      HttpResponse<String> object =
          org.tryCreate("{\"object\":\"XYZZY__c\",\"operation\":\"insert\"}");
      assertThat(Org.error(object).path("errorCode").asText()).isEqualTo("INVALIDJOB");
      assertThat(Org.error(object).path("message").asText())
          .isEqualTo("InvalidJob : Unable to find object: XYZZY__c");
      HttpResponse<String> key =
          org.tryCreate(
              "{\"object\":\"Account\",\"operation\":\"upsert\",\"externalIdFieldName\":\"Phone\"}");
      assertThat(Org.error(key).path("message").asText())
          .isEqualTo(
              "InvalidJob : Field name provided, Phone does not match an External ID for Account");
    }
  }

  @Test
  void row06_jobsWaitAndRunBeforeTheyEnd() {
    if (Org.isReal()) {
      return;
    }
    CostModel cost = CostModel.off().withQueueDelay(Duration.ofSeconds(5)).withRowsPerSecond(100);
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock).cost(cost))) {
      String id = org.start("Account", "insert", "", "Name\n" + "x\n".repeat(1_000));
      List<String> states = new ArrayList<>();
      for (int second = 0; second <= 20; second++) {
        String state = org.job(id).path("state").asText();
        if (states.isEmpty() || !states.get(states.size() - 1).equals(state)) {
          states.add(state);
        }
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(states).containsExactly("UploadComplete", "InProgress", "JobComplete");
      String aborted = org.start("Account", "insert", "", "Name\n" + "x\n".repeat(1_000));
      clock.advance(Duration.ofSeconds(10));
      assertThat(Org.json(org.state(aborted, "Aborted")).path("state").asText())
          .isEqualTo("Aborted");
      String closed = org.start("Account", "insert", "", "Name\n" + "x\n".repeat(1_000));
      assertThat(Org.error(org.state(closed, "UploadComplete")).path("errorCode").asText())
          .isEqualTo("INVALIDJOBSTATE");
    }
  }

  @Test
  void row07_dataIsPutOnce() {
    try (Org org = Org.open()) {
      String id = org.open("Account", "insert");
      HttpResponse<String> first = org.upload(id, "Name\nx\n");
      assertThat(first.statusCode()).isEqualTo(201);
      assertThat(first.body()).isEmpty();
      HttpResponse<String> second = org.upload(id, "Name\ny\n");
      assertThat(second.statusCode()).isEqualTo(400);
      assertThat(Org.error(second).path("errorCode").asText()).isEqualTo("BULK_API_ERROR");
      assertThat(Org.error(second).path("message").asText())
          .contains("contents for job: <" + id.substring(0, 15) + ">");
      org.state(id, "Aborted");
    }
  }

  @Test
  void row27_listsComeInPagesWithEverybodysJobs() {
    try (Org org = Org.simulated(OrgOptions.defaults())) {
      Org other = org.with(org.simulator().administratorToken());
      Set<String> ours = new HashSet<>();
      for (int i = 0; i < 1_050; i++) {
        ours.add((i % 10 == 0 ? other : org).open("Account", "insert"));
      }
      List<String> listed = new ArrayList<>();
      Set<String> users = new HashSet<>();
      List<Integer> pages = new ArrayList<>();
      String next = "jobs/ingest";
      while (!next.isEmpty()) {
        JsonNode page = Org.json(org.get(next));
        page.path("records").forEach(job -> listed.add(job.path("id").asText()));
        page.path("records").forEach(job -> users.add(job.path("createdById").asText()));
        page.path("records")
            .forEach(job -> assertThat(job.has("numberRecordsProcessed")).isFalse());
        pages.add(page.path("records").size());
        assertThat(page.path("done").asBoolean()).isEqualTo(page.path("nextRecordsUrl").isNull());
        next = page.path("nextRecordsUrl").asText("").replace("null", "");
        if (!next.isEmpty()) {
          assertThat(next).startsWith("/services/data/v60.0/jobs/ingest?queryLocator=");
        }
      }
      assertThat(pages).containsExactly(1_000, 50);
      assertThat(new HashSet<>(listed)).isEqualTo(ours);
      assertThat(listed).as("no order is promised").isNotEqualTo(listed.stream().sorted().toList());
      assertThat(users).hasSize(2);
      assertThat(Org.json(org.get("jobs/ingest?jobType=V2Query")).path("records").size()).isZero();
    }
  }

  @Test
  void row28_finishedJobsAreGoneAfterSevenDays() {
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock))) {
      String done = org.start("Account", "insert", "", "Name\nx\n");
      String open = org.open("Account", "insert");
      clock.advance(Duration.ofMinutes(1));
      assertThat(org.job(done).path("state").asText()).isEqualTo("JobComplete");
      clock.advance(Duration.ofHours(25));
      Org later = org.with(org.simulator().accessToken());
      assertThat(later.job(open).path("state").asText())
          .as("open for a day at most")
          .isNotEqualTo("Open");
      clock.advance(Duration.ofDays(7));
      Org afterwards = org.with(org.simulator().accessToken());
      for (String path :
          List.of("", "/successfulResults", "/failedResults", "/unprocessedrecords")) {
        HttpResponse<String> gone = afterwards.get("jobs/ingest/" + done + path);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(Org.error(gone).path("errorCode").asText()).isEqualTo("NOT_FOUND");
      }
      assertThat(afterwards.query("SELECT COUNT() FROM Account").path("totalSize").asInt())
          .as("what was loaded stays")
          .isEqualTo(1);
    }
  }

  @Test
  void row32_deletedJobsAreGoneEverywhere() {
    try (Org org = Org.open()) {
      String open = org.open("Account", "insert");
      HttpResponse<String> refused = org.delete("jobs/ingest/" + open);
      assertThat(refused.statusCode()).isEqualTo(400);
      org.state(open, "Aborted");
      HttpResponse<String> deleted = org.delete("jobs/ingest/" + open);
      assertThat(deleted.statusCode()).isEqualTo(204);
      assertThat(deleted.body()).isEmpty();
      for (String path :
          List.of("", "/successfulResults", "/failedResults", "/unprocessedrecords")) {
        HttpResponse<String> gone = org.get("jobs/ingest/" + open + path);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(Org.error(gone).path("errorCode").asText()).isEqualTo("NOT_FOUND");
        assertThat(Org.error(gone).path("message").asText())
            .isEqualTo("The requested resource does not exist");
      }
      assertThat(org.delete("jobs/ingest/" + open).statusCode()).isEqualTo(404);
      assertThat(org.state(open, "Aborted").statusCode()).isEqualTo(404);
      assertThat(org.upload(open, "Name\nx\n").statusCode()).isEqualTo(404);
      assertThat(org.get("jobs/ingest/7500000000000AA").statusCode()).isEqualTo(404);
    }
  }
}
