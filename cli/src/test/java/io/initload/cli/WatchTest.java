package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that is watched from another terminal. */
@Tag("system")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class WatchTest {
  private static final int CUSTOMERS = 30_000;

  @TempDir Path directory;

  @Test
  void aProgramReadsOneDocumentALineUntilNothingIsLeft() throws Exception {
    try (Site site = slow()) {
      List<JsonNode> seen;
      site.run("run --table COUNTRIES").exits(0);
      // The run does not hear of the end of its jobs before somebody has looked.
      site.org()
          .faults(
              FaultPlan.yaml(
                  "faults: [{when: {action: ingest.get}, then: {answer: unavailable}}]"));
      try (Launched run = site.start("run")) {
        run.until(() -> site.org().records("Account").count() > 0);
        try (Launched watch = site.start("status", "--json", "--watch", "1")) {
          watch.firstLine();
          site.org().clearFaults();
          run.end().exits(0);
          seen = watch.end().exits(0).out().lines().map(Shell::parse).toList();
        }
      }
      assertThat(seen).hasSizeGreaterThan(1);
      JsonNode first = seen.get(0);
      assertThat(first.at("/activity/workers").asInt()).isEqualTo(1);
      assertThat(first.at("/rowsLeft").asLong()).isPositive();
      JsonNode last = seen.get(seen.size() - 1);
      assertThat(last.at("/rowsLeft").asLong()).isZero();
      assertThat(last.at("/activity/jobsRunning").asLong()).isZero();
      assertThat(last.at("/activity/workers").asInt()).isZero();
      assertThat(last.at("/activity/bytesPerSecond").asDouble()).isPositive();
    }
  }

  @Test
  void aPersonReadsWhatIsDoneWhatIsUnderWayAndWhatNeedsThem() {
    try (Site site = Site.open(directory)) {
      site.source().run("UPDATE CUSTOMERS SET COUNTRY_ID = 999 WHERE CUST_ID IN (8, 9)");
      site.run("run").exits(4);
      String said = site.run("status", "--watch").exits(0).out();
      assertThat(said)
          .startsWith("Migration crm-history into ")
          .contains("; nobody works on it\n")
          .containsPattern("loaded  [\\d,]+ of [\\d,]+ rows \\(100 %\\), [\\d,]+ rows/s")
          .contains("jobs    0 of 15: 0 sending, 0 with the org")
          .contains("held    2 rows need a person: INVALID_FIELD 2")
          .contains("2 of 2 tables are done");
    }
  }

  private Site slow() throws Exception {
    return Site.open(directory, OrgOptions.defaults().set("cost.rowsPerSecond", "5000"), CUSTOMERS);
  }
}
