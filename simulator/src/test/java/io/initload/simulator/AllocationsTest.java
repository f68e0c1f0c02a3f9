package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.journal.UsageEntry;
import io.initload.simulator.limits.Allocations;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Allocations are used, run out, and come back 24 hours later. */
@Tag("system")
class AllocationsTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));

  private SimulatedOrg start(Allocations allocations) {
    return SimulatedOrg.start(
        OrgOptions.defaults()
            .clock(clock)
            .allocations(allocations)
            .set("login.idleTimeout", "30d"));
  }

  @Test
  void rowsBeyondTheLastBatchAreInNoResult() {
    try (SimulatedOrg org = start(Allocations.fullSandbox().withDailyBatches(3))) {
      RawClient client = RawClient.of(org);
      String first =
          client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 10_001));
      assertThat(client.json("limits").path("DailyBulkApiBatches").path("Remaining").asInt())
          .isEqualTo(1);
      String second =
          client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 25_000));

      JsonNode info = client.job(second);
      assertThat(client.job(first).path("state").asText()).isEqualTo("JobComplete");
      assertThat(info.path("state").asText()).isEqualTo("Failed");
      assertThat(info.path("errorMessage").asText())
          .isEqualTo("ExceededQuota : ApiBatchItems Limit exceeded.");
      assertThat(client.successful(second).lines()).hasSize(1 + 10_000);
      assertThat(client.unprocessed(second).lines()).hasSize(1);
      assertThat(org.log().usage()).extracting(UsageEntry::batches).containsExactly(1L, 1L, 1L);

      clock.advance(Duration.ofHours(24));
      String third =
          client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 10));
      assertThat(client.job(third).path("state").asText()).isEqualTo("JobComplete");
    }
  }

  @Test
  void aJobFailsHalfWayWhenTheDaysRowsAreUsedUp() {
    try (SimulatedOrg org = start(Allocations.fullSandbox().withDailyRecords(1000))) {
      RawClient client = RawClient.of(org);
      String job =
          client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 1500));

      assertThat(client.job(job).path("state").asText()).isEqualTo("Failed");
      assertThat(client.successful(job).lines()).hasSize(1 + 1000);
      assertThat(client.unprocessed(job).lines()).hasSize(1 + 500);
    }
  }

  @Test
  void requestsAreCountedAndRefusedUntilTheWindowMoves() {
    try (SimulatedOrg org = start(Allocations.fullSandbox().withDailyApiRequests(3))) {
      RawClient client = RawClient.of(org);
      HttpResponse<String> first = client.get("limits");
      assertThat(first.headers().firstValue("Sforce-Limit-Info")).contains("api-usage=1/3");
      client.get("/services/data");
      client.get("limits");
      client.get("limits");
      HttpResponse<String> refused = client.get("limits");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("REQUEST_LIMIT_EXCEEDED").contains("TotalRequests");

      clock.advance(Duration.ofHours(24));
      RawClient later = RawClient.of(org);
      assertThat(later.get("limits").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFullOrgTakesUpdatesButNoNewRecords() {
    try (SimulatedOrg org = start(Allocations.fullSandbox().withDataStorage(1))) {
      RawClient client = RawClient.of(org);
      String job =
          client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 1000));
      assertThat(client.failed(job)).contains("STORAGE_LIMIT_EXCEEDED:storage limit exceeded:--");
      assertThat(client.json("limits").path("DataStorageMB").path("Remaining").asInt()).isZero();
      String update =
          client.load("Account", "upsert", "External_ID__c", "External_ID__c,Name\na-0,New\n");
      assertThat(client.failed(update).lines()).hasSize(1);
    }
  }

  @Test
  void limitsCanBeLoweredWhileTheOrgRuns() {
    try (SimulatedOrg org = start(Allocations.fullSandbox())) {
      RawClient client = RawClient.of(org);
      org.changeAllocations(a -> a.withUploadBytes(100));
      String job = client.create("Account", "insert");
      assertThat(client.upload(job, "Name\n" + "x".repeat(100) + "\n").statusCode()).isEqualTo(400);
      assertThat(client.upload(job, "Name\nshort\n").statusCode()).isEqualTo(201);
    }
  }
}
