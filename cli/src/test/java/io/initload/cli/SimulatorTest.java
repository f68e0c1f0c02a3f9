package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated org as a command. */
class SimulatorTest {
  @TempDir Path directory;

  @Test
  void announcesItselfAndEndsWhenTold() {
    try (Launched simulator = Launched.start(directory, "simulator", "--port", "0")) {
      JsonNode ready = Shell.parse(simulator.firstLine());
      assertThat(ready.path("username").asText()).contains("@");
      assertThat(ready.path("instanceUrl").asText()).startsWith("http://127.0.0.1:");
      assertThat(OrgApi.login(ready).count("Account")).isZero();

      simulator.signal("TERM");
      Shell.Result result = simulator.end().exits(0);
      assertThat(result.out().lines()).as("one line on stdout").hasSize(1);
    }
  }

  @Test
  void keepsTheOrgInADirectory() {
    String data = directory.resolve("org").toString();
    JsonNode first;
    try (Launched simulator = Launched.start(directory, "simulator", "--data", data)) {
      first = Shell.parse(simulator.firstLine());
      OrgApi.login(first).insert("Account", "Name\nΩ & sons\n");
      simulator.signal("INT");
      simulator.end().exits(0);
    }
    try (Launched simulator = Launched.start(directory, "simulator", "--data", data)) {
      JsonNode again = Shell.parse(simulator.firstLine());
      assertThat(again.path("clientSecret")).isEqualTo(first.path("clientSecret"));
      assertThat(OrgApi.login(again).query("SELECT Name FROM Account"))
          .singleElement()
          .satisfies(a -> assertThat(a.path("Name").asText()).isEqualTo("Ω & sons"));
      simulator.signal("TERM");
      simulator.end().exits(0);
    }
  }
}
