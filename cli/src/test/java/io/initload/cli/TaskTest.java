package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration step by step, each step a process of its own. */
class TaskTest {
  @TempDir Path directory;

  @Test
  void everyStepFromPreflightToCleanup() throws Exception {
    try (Site site = Site.open(directory)) {
      site.with("directory: \"" + site.staging() + "\"", "directory: \"${INITLOAD_STAGING}\"");
      for (String table : new String[] {"COUNTRIES", "CUSTOMERS"}) {
        Map<String, Object> request = Map.of("table", table);
        run(site, "preflight", request).status("done");
        JsonNode plan = run(site, "plan", request).status("done").result();
        assertThat(plan.path("chunks")).hasSize(1);
        assertThat(plan.path("books").path(0).path("table").asText()).isEqualTo(table);
        Map<String, Object> chunk = Map.of("table", table, "chunk", 1);
        JsonNode moved = run(site, "move", chunk).status("done").result();
        assertThat(moved.path("jobs")).hasSizeLessThan(2);
        JsonNode collected = run(site, "collect", chunk).status("done").result();
        assertThat(collected.path("jobs")).isEmpty();
        assertThat(run(site, "move", chunk).status("done").result().path("jobs")).isEmpty();
        run(site, "finish", request).status("done");
        JsonNode summary =
            run(site, "summarise", Map.of("table", table, "report", directory.toString()))
                .status("done")
                .result();
        assertThat(Path.of(summary.path("report").asText())).isNotEmptyFile();
      }
      JsonNode proof =
          run(site, "reconcile", Map.of("level", "sample", "report", directory.toString()))
              .status("done")
              .result();
      assertThat(proof.path("closed").asBoolean()).isTrue();
      assertThat(Files.readString(Path.of(proof.path("report").asText()))).contains("CUSTOMERS");
      run(site, "cleanup", Map.of()).status("done");
      assertThat(site.org().records("Account").count()).isEqualTo(2_000);
      assertThat(site.org().records("Country__c").count()).isEqualTo(Site.COUNTRIES);
    }
  }

  private static Task.Ended run(Site site, String step, Map<String, Object> request) {
    try (Task task = Task.start(site, "here", step, request)) {
      return task.ends(0);
    }
  }
}
