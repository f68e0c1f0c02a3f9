package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.ReconcileConfig.Level;
import io.initload.simulator.fault.Fault;
import io.initload.simulator.fault.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody meddles while rows are on their way: with what is staged and not loaded yet, or with
 * what the org says became of them. It is noticed, and mended from the source or the org.
 */
@Tag("system")
class RunSabotageTest {
  /** The org has the rows, and nobody has asked yet what became of them. */
  private static final String TOLD = "load.submit-sent";

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void stagedRowsThatWereMeddledWithAreReadAgain(StagedSabotage act) throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory)) {
      AtomicBoolean struck = once(site, "extract.staged", () -> meddle(act));
      site.loaded();
      assertThat(struck).isTrue();
      site.isWhole("after staged rows were " + act);
    }
  }

  @ParameterizedTest
  @EnumSource
  void resultsThatWereMeddledWithAreNotBelieved(StagedSabotage act) throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory)) {
      AtomicBoolean struck =
          once(site, TOLD, () -> answer(site, act.of(site.other().loadedByTheOnlyJob())));
      site.migration().run();
      assertThat(struck).isTrue();
      site.migration().org().clearFaults();
      site.loaded();
      site.isWhole("after results were " + act);
    }
  }

  /** Each row is booked, and none is lost; but the org has more new records than it said. */
  @Test
  void aNewRecordThatIsCalledAnOldOneIsFoundByCounts() throws Exception {
    try (SabotagedSite site = new SabotagedSite(directory)) {
      once(
          site,
          TOLD,
          () ->
              answer(site, site.other().loadedByTheOnlyJob().replaceFirst("\\btrue\\b", "false")));
      site.loaded();
      assertThat(site.findings(Level.COUNT))
          .anyMatch(f -> f.contains("0 records before and 39 created, but 40 in the org now"));
    }
  }

  private static void answer(SabotagedSite site, String results) {
    site.migration()
        .org()
        .faults(
            FaultPlan.on(
                "ingest.successfulResults",
                1,
                new Fault.Answered(
                    200, "text/csv", results, Map.of(), Fault.Moment.BEFORE_COMMIT)));
  }

  private void meddle(StagedSabotage act) throws IOException {
    List<Path> staged;
    try (Stream<Path> files = Files.walk(directory.resolve("staging"))) {
      staged = files.filter(f -> f.toString().endsWith(".csv.gz")).toList();
    }
    assertThat(staged).hasSize(1);
    Files.write(staged.get(0), act.of(Files.readAllBytes(staged.get(0))));
  }

  private static AtomicBoolean once(SabotagedSite site, String label, OtherClient.Act act) {
    AtomicBoolean struck = new AtomicBoolean();
    site.migration()
        .checkpoint(
            reached -> {
              if (reached.equals(label) && struck.compareAndSet(false, true)) {
                site.other().quietly(act);
              }
            });
    return struck;
  }
}
