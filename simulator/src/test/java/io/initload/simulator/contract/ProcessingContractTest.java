package io.initload.simulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.bulk.CostModel;
import io.initload.simulator.clock.VirtualClock;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.limits.Allocations;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows 19 to 22: batches, transactions, locks, jobs that stop. */
@ExtendWith(Rows.class)
@Tag("system")
class ProcessingContractTest {
  private final VirtualClock clock = new VirtualClock(Instant.parse("2026-11-01T08:00:00Z"));

  private static String rows(int from, int to) {
    StringBuilder csv = new StringBuilder("External_ID__c,Name\n");
    for (int i = from; i < to; i++) {
      csv.append("k%06d,N%d\n".formatted(i, i));
    }
    return csv.toString();
  }

  private static int count(Org org, String job, String which) {
    return org.results(job, which).size() - 1;
  }

  @Test
  void row19_onePoisonedRowFailsItsTwoHundred() {
    OrgOptions poisoned = OrgOptions.defaults().set("rows.triggers", "Account.Name:POISON");
    try (Org org = Org.simulated(poisoned)) {
      String job = org.upsert("Account", rows(0, 1_000).replace("N450\n", "POISON\n"));
      assertThat(org.job(job).path("state").asText()).isEqualTo("JobComplete");
      assertThat(org.job(job).path("numberRecordsFailed").asInt()).isEqualTo(200);
      Set<String> failed =
          new HashSet<>(Csv.column(org.results(job, "failedResults"), "External_ID__c"));
      assertThat(failed).hasSize(200).contains("k000400", "k000450", "k000599");
      assertThat(Csv.column(org.results(job, "failedResults"), "sf__Error"))
          .allSatisfy(
              error -> assertThat(error).startsWith("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY:"));
    }
  }

  @Test
  void row19_batchesHoldTenThousandRows() {
    try (Org org = Org.simulated(OrgOptions.defaults())) {
      JsonNode before = Org.json(org.get("limits")).path("DailyBulkApiBatches");
      String job = org.upsert("Account", rows(0, 10_001));
      assertThat(org.job(job).path("numberRecordsProcessed").asInt()).isEqualTo(10_001);
      JsonNode after = Org.json(org.get("limits")).path("DailyBulkApiBatches");
      assertThat(before.path("Remaining").asInt() - after.path("Remaining").asInt()).isEqualTo(2);
    }
  }

  /** Contacts of few parents in two jobs: dealt out to both, or each parent to one of them. */
  private int lockFailures(boolean sorted) {
    CostModel cost = CostModel.off().withRowsPerSecond(100).withParallelBatches(4);
    VirtualClock own = new VirtualClock(clock.instant());
    try (Org org = Org.simulated(OrgOptions.defaults().clock(own).cost(cost))) {
      String parents = org.start("Account", "insert", "", rows(0, 20));
      own.advance(Duration.ofMinutes(5));
      assertThat(org.job(parents).path("numberRecordsFailed").asInt()).isZero();
      StringBuilder[] csv = {
        new StringBuilder("LastName,External_ID__c,Account.External_ID__c\n"),
        new StringBuilder("LastName,External_ID__c,Account.External_ID__c\n")
      };
      for (int i = 0; i < 2_000; i++) {
        int parent = i % 20;
        int job = sorted ? (parent < 10 ? 0 : 1) : i / 20 % 2;
        csv[job].append("L,c%d,k%06d\n".formatted(i, parent));
      }
      String one = org.start("Contact", "insert", "", csv[0].toString());
      String two = org.start("Contact", "insert", "", csv[1].toString());
      own.advance(Duration.ofMinutes(30));
      int failures = 0;
      for (String job : List.of(one, two)) {
        failures += org.job(job).path("numberRecordsFailed").asInt();
        List<String> errors = Csv.column(org.results(job, "failedResults"), "sf__Error");
        assertThat(errors)
            .allSatisfy(
                error ->
                    assertThat(error)
                        .startsWith(
                            "UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record"));
        if (!errors.isEmpty()) {
          StringBuilder again =
              new StringBuilder("LastName,External_ID__c,Account.External_ID__c\n");
          org.results(job, "failedResults").stream()
              .skip(1)
              .forEach(row -> again.append(String.join(",", row.subList(2, 5))).append('\n'));
          String retry = org.start("Contact", "insert", "", again.toString());
          own.advance(Duration.ofMinutes(30));
          assertThat(org.job(retry).path("numberRecordsFailed").asInt())
              .as("alone, they get their locks")
              .isZero();
        }
      }
      assertThat(org.query("SELECT COUNT() FROM Contact").path("totalSize").asInt())
          .isEqualTo(2_000);
      return failures;
    }
  }

  @Test
  void row20_jobsThatShareParentsFightForTheirLocks() {
    int dealtOut = lockFailures(false);
    int sorted = lockFailures(true);
    assertThat(dealtOut).isPositive();
    assertThat(sorted).isLessThan(dealtOut);
  }

  @Test
  void row21_whatWasWrittenBeforeTheEndStays() {
    CostModel cost = CostModel.off().withRowsPerSecond(100);
    try (Org org = Org.simulated(OrgOptions.defaults().clock(clock).cost(cost))) {
      String aborted =
          org.start(
              "Account", "upsert", "\"externalIdFieldName\":\"External_ID__c\"", rows(0, 2_000));
      clock.advance(Duration.ofSeconds(10));
      org.state(aborted, "Aborted");
      assertBooks(org, aborted, 2_000);
      org.simulator()
          .faults(
              FaultPlan.yaml(
                  "faults: [{then: {failJob: {message: 'TooManyLockFailure : x', afterRows:"
                      + " 600}}}]"));
      String failed =
          org.start(
              "Account",
              "upsert",
              "\"externalIdFieldName\":\"External_ID__c\"",
              rows(2_000, 4_000));
      clock.advance(Duration.ofMinutes(5));
      assertThat(org.job(failed).path("state").asText()).isEqualTo("Failed");
      assertThat(org.job(failed).path("errorMessage").asText()).isEqualTo("TooManyLockFailure : x");
      assertBooks(org, failed, 2_000);
    }
  }

  private static void assertBooks(Org org, String job, int uploaded) {
    int good = count(org, job, "successfulResults");
    int bad = count(org, job, "failedResults");
    int never = count(org, job, "unprocessedrecords");
    assertThat(good).isPositive();
    assertThat(never).isPositive();
    assertThat(good + bad + never).isEqualTo(uploaded);
    assertThat(org.job(job).path("numberRecordsProcessed").asInt()).isEqualTo(good + bad);
    String sample = Csv.column(org.results(job, "successfulResults"), "External_ID__c").get(0);
    assertThat(
            org.query("SELECT COUNT() FROM Account WHERE External_ID__c = '" + sample + "'")
                .path("totalSize")
                .asInt())
        .isEqualTo(1);
    String left = Csv.column(org.results(job, "unprocessedrecords"), "External_ID__c").get(0);
    assertThat(
            org.query("SELECT COUNT() FROM Account WHERE External_ID__c = '" + left + "'")
                .path("totalSize")
                .asInt())
        .isZero();
  }

  @Test
  void row22_rowsBeyondTheDaysBatchesAreInNoResult() {
    Allocations two = Allocations.fullSandbox().withDailyBatches(2);
    try (Org org = Org.simulated(OrgOptions.defaults().allocations(two))) {
      String job = org.upsert("Account", rows(0, 25_000));
      int reported =
          count(org, job, "successfulResults")
              + count(org, job, "failedResults")
              + count(org, job, "unprocessedrecords");
      assertThat(reported).isEqualTo(20_000);
      assertThat(org.query("SELECT COUNT() FROM Account").path("totalSize").asInt())
          .isEqualTo(20_000);
      assertThat(Org.json(org.get("limits")).path("DailyBulkApiBatches").path("Remaining").asInt())
          .isZero();
    }
  }
}
