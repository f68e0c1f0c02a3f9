package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.cli.task.Task;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that reads the log finds migration, table, chunk and job in fields of their own. */
@Tag("system")
class LogFieldsTest {
  private static final Map<String, String> JSON = Map.of("INITLOAD_LOG_FORMAT", "json");

  @TempDir Path directory;

  @Test
  void linesOfARunSayOfWhichJobChunkAndTableTheyAre() {
    try (Site site = lossy()) {
      Shell.Result run =
          Launched.start(directory, JSON, site.arguments("run", "--json")).end().exits(0);
      List<JsonNode> lines = run.err().lines().map(Shell::parse).toList();
      assertThat(lines)
          .isNotEmpty()
          .allSatisfy(l -> assertThat(l.path("migration").asText()).isEqualTo("crm-history"));
      saysWhere(lines);
    }
  }

  @Test
  void soDoLinesOfAStep() {
    try (Site site = lossy()) {
      Task.run(site, "plan", Map.of("table", "COUNTRIES"), 0);
      try (Task move = Task.start(site, "here", "move", Map.of("table", "COUNTRIES", "chunk", 1))) {
        Shell.Result end = move.process().end().exits(0);
        List<JsonNode> lines = end.err().lines().map(Shell::parse).toList();
        assertThat(lines)
            .last()
            .satisfies(l -> assertThat(l.path("step").asText()).isEqualTo("move"));
        saysWhere(lines);
      }
    }
  }

  @Test
  void whatEndsACommandIsALineOfItToo() {
    try (Site site =
        Site.open(directory).with("password: " + OracleFile.PASSWORD, "password: no")) {
      Shell.Result run = Launched.start(directory, JSON, site.arguments("run")).end().exits(2);
      JsonNode last = run.err().lines().map(Shell::parse).reduce((a, b) -> b).orElseThrow();
      assertThat(last.path("level").asText()).isEqualTo("ERROR");
      assertThat(last.path("code").asText()).isEqualTo("SOURCE_LOGIN");
      assertThat(last.path("remedy").asText()).isNotEmpty();
    }
  }

  @Test
  void aFormThatDoesNotExistIsNamed() {
    try (Site site = Site.open(directory)) {
      Shell.Result run =
          Launched.start(
                  directory, Map.of("INITLOAD_LOG_FORMAT", "xml"), site.arguments("validate"))
              .end();
      assertThat(run.err()).contains("INITLOAD_LOG_FORMAT is neither json nor text: xml");
    }
  }

  /** The first upload breaks off, so that somebody has to ask how its job stands. */
  private Site lossy() {
    Site site = Site.open(directory).with("  poll: {", "  compression: identity\n  poll: {");
    site.org().faults(FaultPlan.on("ingest.upload", 1, new Fault.UploadReset(10)));
    return site;
  }

  private static void saysWhere(List<JsonNode> lines) {
    JsonNode found =
        lines.stream()
            .filter(l -> l.path("msg").asText().contains(" is found "))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no job was asked for: " + lines));
    assertThat(found.path("msg").asText())
        .startsWith(
            "%s-%05d-".formatted(found.path("table").asText(), found.path("chunk").asLong()))
        .contains("job " + found.path("job").asText() + " ");
    assertThat(found.path("job").asText()).startsWith("750");
  }
}
