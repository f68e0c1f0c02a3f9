package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.limits.Allocations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 23, 24 and 35: limits, and the language of messages. */
@ExtendWith(Rows.class)
@Tag("system")
class LimitsContractTest {
  private static long used(HttpResponse<String> response) {
    String info = response.headers().firstValue("Sforce-Limit-Info").orElseThrow();
    return Long.parseLong(info.replaceFirst("^api-usage=(\\d+)/\\d+.*$", "$1"));
  }

  @Test
  void row23_limitsMoveWithEveryRequestAndBatch() {
    try (Org org = Org.open()) {
      HttpResponse<String> first = org.get("limits");
      HttpResponse<String> second = org.get("limits");
      JsonNode requests = Org.json(second).path("DailyApiRequests");
      assertThat(used(second)).isGreaterThan(used(first));
      assertThat(requests.path("Max").asLong() - requests.path("Remaining").asLong())
          .isGreaterThanOrEqualTo(used(first));
      for (String name :
          new String[] {
            "DailyBulkApiBatches",
            "DailyBulkV2QueryJobs",
            "DailyBulkV2QueryFileStorageMB",
            "DataStorageMB"
          }) {
        assertThat(Org.json(second).path(name).path("Max").isNumber()).as(name).isTrue();
        assertThat(Org.json(second).path(name).path("Remaining").isNumber()).as(name).isTrue();
      }
      if (Org.isReal()) {
        return;
      }
      assertThat(used(second)).isEqualTo(used(first) + 1);
      long before = Org.json(second).path("DailyBulkApiBatches").path("Remaining").asLong();
      org.upsert("Account", "External_ID__c,Name\n" + org.key("row23") + ",x\n");
      assertThat(Org.json(org.get("limits")).path("DailyBulkApiBatches").path("Remaining").asLong())
          .isEqualTo(before - 1);
    }
  }

  @Test
  void row24_theDaysRequestsRunOutAndComeBack() {
    VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
    Allocations few = Allocations.fullSandbox().withDailyApiRequests(5);
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock).allocations(few))) {
      for (int i = 0; i < 5; i++) {
        assertThat(org.get("limits").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> refused = org.get("limits");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(Org.error(refused).path("errorCode").asText()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
      assertThat(Org.error(refused).path("message").asText())
          .isEqualTo("TotalRequests Limit exceeded.");
      clock.advance(Duration.ofHours(23));
      assertThat(org.with(org.simulator().accessToken()).get("limits").statusCode()).isEqualTo(403);
      clock.advance(Duration.ofMinutes(61));
      assertThat(org.with(org.simulator().accessToken()).get("limits").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void row24_longRequestsCrowdOthersOut() throws IOException {
    VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));
    try (Org org =
        Org.simulated(
            OrgOptions.defaults()
                .clock(clock)
                .allocations(Allocations.fullSandbox().withLongRequests(1)))) {
      String job = org.open("Account", "insert");
      URI uri = URI.create(org.instanceUrl());
      try (RawSocket slow = new RawSocket(uri)) {
        slow.send(
            "PUT /services/data/v60.0/jobs/ingest/"
                + job
                + "/batches HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                + org.token()
                + "\r\nContent-Type: text/csv\r\nContent-Length: 7\r\n\r\nName\n");
        HttpResponse<String> crowded = org.get("limits");
        for (int i = 0; i < 200 && crowded.statusCode() == 200; i++) {
          clock.advance(Duration.ofSeconds(25));
          crowded = org.get("limits");
        }
        assertThat(crowded.statusCode()).isEqualTo(403);
        assertThat(Org.error(crowded).path("errorCode").asText())
            .isEqualTo("REQUEST_LIMIT_EXCEEDED");
        assertThat(Org.error(crowded).path("message").asText()).contains("ConcurrentPerOrgLongTxn");
        slow.send("x\n");
        assertThat(slow.statusLine()).contains("201");
        assertThat(org.get("limits").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void row35_messagesChangeWithTheLanguageCodesDoNot() {
    try (Org org = Org.simulated(OrgOptions.defaults().set("rows.language", "german"))) {
      String job = org.load("Account", "insert", "", "Name,Phone\n,1\n");
      String error = Csv.column(org.results(job, "failedResults"), "sf__Error").get(0);
      assertThat(error)
          .startsWith("REQUIRED_FIELD_MISSING:")
          .doesNotContain("Required fields are missing")
          .endsWith(":Name --");
    }
  }
}
