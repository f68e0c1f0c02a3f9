package io.initload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.initload.simulator.OrgOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large source that is embedded shares the heap of the command. */
@Tag("system")
class LargeSourceTest {
  /** More than H2 groups or sorts in the heap that the command is made for. */
  private static final int ROWS = 1_000_000;

  @TempDir Path directory;

  @Test
  void aMillionRowsArePlannedInTheHeapOfTheCommand() {
    try (Site site = Site.open(directory, OrgOptions.defaults(), ROWS);
        Launched plan =
            Launched.start(directory, "plan", "-c", site.config().toString(), "--json")) {
      JsonNode customers = plan.end().exits(0).json().path("tables").path(1);
      assertThat(customers.path("estimatedRows").asLong()).isEqualTo(ROWS);
      assertThat(customers.path("chunks").asInt()).isGreaterThan(1);
    }
  }
}
