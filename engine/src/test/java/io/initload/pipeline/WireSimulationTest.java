package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.source.WireOracle;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds of {@link SimulationTest} that read the stand-in for Oracle by the real driver. A few:
 * each takes seconds, most of them for logging in, and two thousand would take hours.
 */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireSimulationTest {
  private static final int SEEDS = 10;

  @TempDir Path directory;

  private final WireOracle oracle;

  WireSimulationTest(WireOracle oracle) {
    this.oracle = oracle;
  }

  @Test
  void aShareOfTheWorldsEndsWithClosedBooks() throws Exception {
    int deaths = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      Scenario scenario = Scenario.draw(seed);
      WireOracle.User user = oracle.user("SELECT ON SYS.V_$DATABASE");
      SimulatedSource source = new SimulatedSource(scenario, user.config());
      try (SimulatedWorld world = new SimulatedWorld(scenario, directory, source)) {
        deaths += world.play().deaths().values().stream().mapToInt(Integer::intValue).sum();
      } catch (Exception | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertThat(deaths).isPositive();
  }
}
