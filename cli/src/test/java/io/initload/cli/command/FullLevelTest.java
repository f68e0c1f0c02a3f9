package io.initload.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.FaultRule;
import io.initload.simulator.fault.Trigger;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every field of every row, and what becomes of it when the org does not answer. */
@Tag("system")
class FullLevelTest {
  @TempDir Path directory;

  @Test
  void withoutQueryJobsLeftNothingIsReadUntilSomeAreFree() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.org().usage().change(allocations -> allocations.withDailyQueryJobs(0));
      assertThat(full(site, 76)).contains("QUERY_ALLOWANCE", "0 of the day's 0 are left");
      site.run("reconcile", "--level", "sample").exits(0);

      site.org().usage().change(allocations -> allocations.withDailyQueryJobs(10_000));
      isWhole(site);
    }
  }

  @Test
  void queriesThatTheOrgDoesNotEndAreMadeAgainByTheSameCommand() {
    try (Site site = Site.open(directory)) {
      site.run("run").exits(0);
      site.org().faults(FaultPlan.of(queries("create", "Open"), queries("get", "Failed")));
      long before = site.org().log().requests().size();
      assertThat(full(site, 75))
          .contains("QUERY_NOT_ENDED", "the same command")
          .contains("job 750xx0000000001AAA is Failed: QUERY_TIMEOUT : it took too long");
      assertThat(site.org().log().requests().size() - before)
          .as("requests; a range is divided a few times, and not into all of its ids")
          .isLessThan(100);
      site.org().clearFaults();
      isWhole(site);
    }
  }

  private static String full(Site site, int exit) {
    return site.run("reconcile", "--level", "full").exits(exit).err();
  }

  private static void isWhole(Site site) {
    JsonNode said = site.run("reconcile", "--level", "full", "--json").exits(0).json();
    assertThat(said.path("level").asText()).isEqualTo("FULL");
    assertThat(said.path("findings")).isEmpty();
    assertThat(said.path("whole").findValuesAsText("object"))
        .containsExactlyInAnyOrder("Country__c", "Account");
    assertThat(said.path("whole").findValuesAsText("against")).containsOnly("DIGESTS");
    assertThat(said.path("whole").findValuesAsText("records"))
        .containsExactlyInAnyOrder("20", "2000");
  }

  private static FaultRule queries(String what, String state) {
    String body =
        "{\"id\":\"750xx0000000001AAA\",\"state\":\"%s\",\"errorMessage\":\"%s\"}"
            .formatted(state, state.equals("Failed") ? "QUERY_TIMEOUT : it took too long" : "");
    return new FaultRule(
        what,
        Trigger.action("query." + what, 10_000),
        new Fault.Answered(200, "application/json", body, Map.of(), Fault.Moment.BEFORE_COMMIT));
  }
}
