package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody meddles with rows on their way, with what the org says of them, with source, ledger,
 * receipts or records afterwards: each act is found at its level (docs/certificate.md, "Which level
 * finds what"), or mended by the run. {@link Sabotage} plays as many drawn ones as are asked for.
 */
@Tag("system")
class SabotageTest {
  private static final long SEED = Long.getLong("initload.seed", 4711);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void everyActIsFoundAtItsLevelAndNothingElse(SabotageCases.Stage stage) throws Exception {
    try (SabotageCases cases = new SabotageCases(directory)) {
      long seed = SEED;
      for (Enum<?> act : SabotageCases.acts(stage)) {
        cases.play(stage, act, seed, new Random(seed));
        seed++;
      }
    }
  }

  @Test
  void anEquationThatDoesNotHoldNamesItsChunkAndBothSides() throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory).loaded();
        Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("ledger.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE chunk SET rows_staged = rows_staged - 1");
      assertThat(site.findings(Level.COUNT))
          .anyMatch(
              f ->
                  f.startsWith("T-00001: ")
                      && f.endsWith(
                          "40 read, 39 staged and 0 quarantined; of those staged 40 are booked."));
    }
  }

  /** Each row is booked, and none is lost; but the org has more new records than it said. */
  @Test
  void aNewRecordThatIsCalledAnOldOneIsFoundByCounts() throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory)) {
      AtomicBoolean struck = new AtomicBoolean();
      site.migration()
          .checkpoint(
              reached -> {
                if (reached.equals("load.submit-sent") && struck.compareAndSet(false, true)) {
                  site.other().quietly(() -> callOneOld(site));
                }
              });
      site.loaded();
      assertThat(site.findings(Level.COUNT))
          .anyMatch(f -> f.contains("0 records before and 39 created, but 40 in the org now"));
    }
  }

  private static void callOneOld(SabotagedSite site)
      throws java.io.IOException, InterruptedException {
    String results = site.other().loadedByTheOnlyJob().replaceFirst("\\btrue\\b", "false");
    Fault told = new Fault.Answered(200, "text/csv", results, Map.of(), Fault.Moment.BEFORE_COMMIT);
    site.migration().org().faults(FaultPlan.on("ingest.successfulResults", 1, told));
  }
}
