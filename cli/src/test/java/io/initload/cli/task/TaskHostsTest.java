package io.initload.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.Site;
import io.initload.simulator.OrgOptions;
import io.initload.simulator.hook.JobEffect;
import io.initload.simulator.journal.UsageEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of one chunk on two hosts, each with a disk of its own. The org's own log is the judge. */
@Tag("system")
class TaskHostsTest {
  private static final int CUSTOMERS = 30_000;
  private static final Map<String, Object> CHUNK = Map.of("table", "CUSTOMERS", "chunk", 1);

  @TempDir Path directory;

  @Test
  void aJobIsCollectedWhereNoStagedFileIs() {
    AtomicBoolean held = new AtomicBoolean();
    try (Site site = site(15_000)) {
      site.org()
          .hooks()
          .add(job -> held.get() ? new JobEffect.Stall(Duration.ofMillis(50)) : JobEffect.NONE);
      site.source()
          .run("UPDATE CUSTOMERS SET CUST_EMAIL = 'no mail' WHERE CUST_ID IN (7, 8)")
          .run("UPDATE CUSTOMERS SET COUNTRY_ID = 4711 WHERE CUST_ID = 9");
      run(site, "east", "plan", Map.of(), 0);
      run(site, "east", "finish", Map.of("table", "COUNTRIES"), 0);
      held.set(true);
      assertThat(run(site, "east", "move", CHUNK, 0).result().path("jobs")).hasSize(3);
      JsonNode running = run(site, "west", "collect", CHUNK, 0).status("waiting").result();
      assertThat(running.path("jobs")).hasSize(3);
      assertThat(running.path("retryAt").asText()).endsWith("Z");
      held.set(false);
      JsonNode collected = run(site, "west", "collect", CHUNK, 0).status("done").result();
      assertThat(collected.path("jobs")).isEmpty();
      run(site, "west", "summarise", Map.of("table", "CUSTOMERS"), 4);
      List<String> dead =
          site.config(text -> text)
              .run("dead-letters list", "--json")
              .exits(0)
              .json()
              .path("rows")
              .findValuesAsText("externalId");
      assertThat(dead).containsExactlyInAnyOrder("7", "8", "9");
      configure(site, 15_000);
      provedComplete(site, CUSTOMERS - 3);
      assertThat(run(site, "east", "cleanup", Map.of(), 0).result().path("files").asInt())
          .isEqualTo(3);
    }
  }

  @Test
  void whatWasStagedOnALostDiskIsReadAgainAndNothingElse() throws IOException {
    try (Site site = site(3)) {
      run(site, "east", "plan", Map.of(), 0);
      run(site, "east", "finish", Map.of("table", "COUNTRIES"), 0);
      Task.Ended moved = run(site, "east", "move", CHUNK, 76);
      assertThat(moved.failure()).isEqualTo("QUOTA_EXHAUSTED");
      assertThat(moved.result().path("retryAt").asText()).endsWith("Z");
      delete(site.staging("east"));
      configure(site, 15_000);

      JsonNode waiting = run(site, "west", "collect", CHUNK, 0).status("waiting").result();
      assertThat(waiting.path("failure").path("code").asText()).isEqualTo("CHUNK_LOST");
      run(site, "west", "move", CHUNK, 0).status("done");
      run(site, "west", "collect", CHUNK, 0).status("done");
      provedComplete(site, CUSTOMERS);
    }
  }

  /** One chunk of customers in three parts. */
  private Site site(int dailyBatches) {
    return configure(Site.open(directory, OrgOptions.defaults(), CUSTOMERS), dailyBatches);
  }

  private static Site configure(Site site, int dailyBatches) {
    return site.config(
        text ->
            text.replace("chunking: {rows: 10000}", "chunking: {rows: 100000}")
                .replace("  http: {", "  dailyBatches: " + dailyBatches + "\n  http: {")
                .replace(site.staging().toString(), "${INITLOAD_STAGING}"));
  }

  private static Task.Ended run(
      Site site, String host, String step, Map<String, Object> request, int code) {
    try (Task task = Task.start(site, host, step, request)) {
      return task.ends(code);
    }
  }

  private static void provedComplete(Site site, int customers) {
    assertThat(site.org().records("Account").count()).isEqualTo(customers);
    assertThat(site.org().log().usage().stream().mapToLong(UsageEntry::records).sum())
        .as("rows the org took in; one of them to learn how it takes gzip")
        .isEqualTo(CUSTOMERS + Site.COUNTRIES + 1);
    Task.Ended proof = run(site, "west", "reconcile", Map.of("level", "sample"), 0);
    assertThat(proof.result().path("closed").asBoolean()).isTrue();
    assertThat(proof.result().path("text").asText()).contains("The books close");
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
