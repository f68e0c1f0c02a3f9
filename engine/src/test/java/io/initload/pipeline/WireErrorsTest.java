package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.source.WireOracle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole runs by the real driver while the database ends fetches with errors. */
@ExtendWith(WireOracle.Provider.class)
@Tag("system")
class WireErrorsTest {
  /** Codes that pass, and how many rows come before each: none, some, all. */
  private static final int[][] PASSING = {
    {3113, 0},
    {3113, 10},
    {3113, 9_999},
    {28, 0},
    {28, 10},
    {600, 10},
    {12801, 0},
    {12801, 10},
    {18, 0},
    {4031, 10},
    {1555, 0},
    {1555, 10},
    {8103, 10},
    {60, 10},
    {25408, 9_999}
  };

  @TempDir Path directory;

  private final WireOracle oracle;
  private final WireFaults faults;

  WireErrorsTest(WireOracle oracle) {
    this.oracle = oracle;
    this.faults = new WireFaults(oracle);
  }

  @Test
  void eachErrorThatPassesCostsOneMoreReading() throws Exception {
    List<String> rules = new ArrayList<>();
    for (int[] passing : PASSING) {
      // Far enough from each other that no chunk is struck twice.
      String when = "\"times\": 1, \"numbers\": \"%d-\"".formatted(3 * rules.size() + 1);
      rules.add(
          faults.rows(when, "\"error\": %d, \"afterRows\": %d".formatted(passing[0], passing[1])));
    }
    AtomicInteger troubles = new AtomicInteger();
    try (LocalMigration migration =
        faults
            .migration(directory, faults.config(), 10)
            .sessions(1)
            .sleeper(duration -> troubles.incrementAndGet())) {
      List<String> strikes =
          oracle.faulty(WireFaults.plan(rules), () -> WireFaults.complete(migration));
      assertThat(strikes).hasSameSizeAs(PASSING);
    }
    assertThat(troubles.get()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "1013, 0, SOURCE_READ",
    "28, 10, SOURCE_READ",
    "28365, 0, SOURCE_READ",
    "942, 10, SOURCE_TABLE",
    "1555, 10, SOURCE_SNAPSHOT_TOO_OLD",
    "3113, 10, SOURCE_CHUNK",
    "12345, 9999, SOURCE_READ"
  })
  void anErrorThatStaysStopsTheTableAndTheNextRunGoesOn(int code, int rows, String told)
      throws Exception {
    String rule =
        faults.rows(
            "\"numbers\": \"3-\"", "\"error\": %d, \"afterRows\": %d".formatted(code, rows));
    try (LocalMigration migration =
        faults.migration(directory, faults.config(), 200).sleeper(duration -> {}).sessions(1)) {
      oracle.faulty(
          WireFaults.plan(rule),
          () -> {
            Failure failure = WireFaults.failure(migration);
            assertThat(failure.code()).isEqualTo(told);
            assertThat(failure).hasMessageContaining("ORA-%05d".formatted(code));
          });
      WireFaults.complete(migration);
    }
  }
}
