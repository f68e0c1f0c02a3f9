package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that do not hold what they must: nothing is booked by them. */
@Tag("system")
class WrongAnswersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"sf__Id, 001000000000001AAA", "sf__Created, true"})
  void resultsThatNameNoRecordsAreNoUpdates(String column, String value) {
    String rows =
        IntStream.rangeClosed(1, Site.COUNTRIES)
            .mapToObj(i -> "\n" + value + "," + i)
            .collect(Collectors.joining());
    String results = column + ",External_ID__c" + rows + "\n";
    try (Site site = Site.open(directory)) {
      site.with("  http: {", "  compression: identity\n  http: {");
      site.org()
          .faults(
              FaultPlan.on(
                  "ingest.successfulResults",
                  1,
                  new Fault.Answered(
                      200, "text/csv", results, Map.of(), Fault.Moment.BEFORE_COMMIT)));
      assertThat(site.run("run").exits(3).out()).contains("ORG_RESULT");
      JsonNode status = site.run("status", "--json").exits(0).json();
      assertThat(status.path("tables").findValuesAsText("updated")).containsOnly("0");

      site.org().clearFaults();
      JsonNode done = site.run("run", "--json").exits(0).json();
      assertThat(done.path("tables").findValuesAsText("created")).contains("20", "2000");
      assertThat(done.path("tables").findValuesAsText("updated")).containsOnly("0");
    }
  }

  /** A job was made all the same: the next run finds it by what it is for, and ends it. */
  @Test
  void anIdThatIsNoneEndsTheRunAndTheNextOneIsWhole() {
    try (Site site = Site.open(directory)) {
      site.with("  http: {", "  compression: identity\n  http: {");
      Fault odd =
          new Fault.Answered(
              200,
              "application/json",
              "{\"id\":\"../../steal\",\"state\":\"Open\"}",
              Map.of(),
              Fault.Moment.AFTER_COMMIT);
      site.org().faults(FaultPlan.on("ingest.create", 1, odd));
      assertThat(site.run("run").exits(2).err()).contains("ORG_ANSWER");
      JsonNode done = site.run("run", "--json").exits(0).json();
      assertThat(done.path("tables").findValuesAsText("created"))
          .containsExactlyInAnyOrder("20", "2000");
      assertThat(site.org().jobs()).hasSize(3);
      site.run("run").exits(0);
    }
  }
}
