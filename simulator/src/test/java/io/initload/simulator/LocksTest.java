package io.initload.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two running batches fight for the parents they share. */
@Tag("system")
class LocksTest {
  private static final int ROWS = 2000;

  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));

  private SimulatedOrg start() {
    return SimulatedOrg.start(
        OrgOptions.defaults()
            .clock(clock)
            .cost(new CostModel(Duration.ZERO, Duration.ZERO, 1000, 4))
            .set("ingest.lockFailuresMax", "100000"));
  }

  private List<String> loadSales(RawClient client, IntUnaryOperator parentOfRow) {
    List<String> jobs = new ArrayList<>();
    for (int j = 0; j < 2; j++) {
      int from = j * ROWS;
      String csv =
          IntStream.range(from, from + ROWS)
              .mapToObj(i -> "s-" + i + ",a-" + parentOfRow.applyAsInt(i))
              .collect(
                  Collectors.joining("\n", "External_ID__c,Account__r.External_ID__c\n", "\n"));
      jobs.add(client.start("Sale__c", "upsert", "External_ID__c", csv));
    }
    clock.advance(Duration.ofMinutes(10));
    return jobs;
  }

  private static long failures(RawClient client, List<String> jobs) {
    return jobs.stream().mapToLong(j -> client.job(j).path("numberRecordsFailed").asLong()).sum();
  }

  @Test
  void rowsOrderedByParentSeldomMeetAndARetryAloneSucceeds() {
    try (SimulatedOrg org = start()) {
      RawClient client = RawClient.of(org);
      client.start("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 100));
      clock.advance(Duration.ofMinutes(1));

      List<String> mixed = loadSales(client, i -> i % 100);
      long failedMixed = failures(client, mixed);
      List<String> sorted = loadSales(client, i -> i / 40);
      long failedSorted = failures(client, sorted);

      assertThat(failedMixed).isGreaterThan(100);
      assertThat(failedSorted).isZero();
      assertThat(client.failed(mixed.get(1)))
          .contains(
              "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record or 1 records:"
                  + " 001");
      String retry =
          client.failed(mixed.get(0)).lines().skip(1).toList().isEmpty()
              ? client.failed(mixed.get(1))
              : client.failed(mixed.get(0));
      String csv =
          retry
              .lines()
              .skip(1)
              .map(line -> line.substring(line.indexOf("--\",") + 4))
              .collect(
                  Collectors.joining("\n", "External_ID__c,Account__r.External_ID__c\n", "\n"));
      String job = client.start("Sale__c", "upsert", "External_ID__c", csv);
      clock.advance(Duration.ofMinutes(10));
      assertThat(client.job(job).path("numberRecordsFailed").asInt()).isZero();
    }
  }

  @Test
  void tooManyFailuresQueueTheRestAgainAndThenFailTheJob() {
    try (SimulatedOrg org =
        SimulatedOrg.start(
            OrgOptions.defaults()
                .clock(clock)
                .cost(new CostModel(Duration.ZERO, Duration.ZERO, 1000, 4))
                .set("ingest.lockFailureShare", "1")
                .set("ingest.lockFailuresMax", "100")
                .set("ingest.batchRetriesMax", "0"))) {
      RawClient client = RawClient.of(org);
      client.start("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 1));
      clock.advance(Duration.ofMinutes(1));

      List<String> jobs = loadSales(client, i -> 0);

      assertThat(jobs.stream().map(j -> client.job(j).path("state").asText()))
          .containsExactlyInAnyOrder("JobComplete", "Failed");
      assertThat(jobs.stream().map(j -> client.job(j).path("errorMessage").asText()))
          .contains("TooManyLockFailure : Too many lock failure 200 Trying again later.");
    }
  }

  @Test
  void withoutACostModelNothingOverlaps() {
    try (SimulatedOrg org = SimulatedOrg.start()) {
      RawClient client = RawClient.of(org);
      client.load("Account", "upsert", "External_ID__c", JobStatesTest.accounts(0, 10));
      List<String> jobs = loadSales(client, i -> i % 10);
      jobs.forEach(client::await);
      assertThat(failures(client, jobs)).isZero();
    }
  }
}
