package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.simulator.fault.FaultPlan;
import io.initload.simulator.fault.FaultRule;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole migrations under faults and deaths: nothing lost, nothing doubled, no limit crossed,
 * nothing finished uploaded again. {@code make simulate} plays others.
 */
@Tag("system")
final class SimulationTest {
  private static final int SEEDS = 1_000;

  /** Each point at which a process can die. */
  private static final Set<String> LABELS =
      Set.of(
          "abort.ended",
          "abort.wished",
          "adopt.aborted",
          "adopt.submitted",
          "adopt.swept",
          "begin.entered",
          "extract.claimed",
          "extract.sealed",
          "extract.staged",
          "load.reserved",
          "load.create-sent",
          "load.created",
          "load.upload-sent",
          "load.uploaded",
          "load.submit-sent",
          "load.submitted",
          "poll.ended",
          "plan.entered",
          "plan.keys",
          "poll.looked",
          "probe.begun",
          "probe.made",
          "prove.range",
          "retry.entered",
          "recover.lost",
          "reset.entered",
          "reset.written",
          "retry.sealed",
          "settle.booked",
          "settle.counted",
          "settle.freed",
          "settle.reading",
          "settle.untouched",
          "undo.claimed",
          "undo.sealed",
          "undo.staged");

  @Test
  void everyWorldEndsWithClosedBooks() throws Exception {
    Simulate.Outcome outcome = Simulate.run(SEEDS, 1, System.out);
    assertThat(outcome.failed()).as("seeds that failed").isEmpty();
    assertThat(outcome.figures().deaths().keySet())
        .as("points at which a process died")
        .containsExactlyInAnyOrderElementsOf(LABELS);
    Set<String> kinds = new HashSet<>();
    FaultPlan.drawn(1, 1).rules().forEach((FaultRule rule) -> kinds.add(rule.name()));
    assertThat(outcome.figures().faults().keySet())
        .as("faults that struck")
        .containsExactlyInAnyOrderElementsOf(kinds);
    assertThat(outcome.figures().wishes().keySet())
        .containsExactlyInAnyOrderElementsOf(SimulatedPerson.KINDS);
  }

  @Test
  void aSeedRepeatsItsWorld(@TempDir Path directory) throws Exception {
    for (long seed = 1; seed <= 20; seed++) {
      assertThat(log(seed, directory)).as("log of seed %d", seed).isEqualTo(log(seed, directory));
    }
  }

  /** What the org saw and did, without the ports and paths that differ from one play to another. */
  private static List<String> log(long seed, Path directory) throws Exception {
    try (SimulatedWorld world = new SimulatedWorld(Scenario.draw(seed), directory)) {
      world.play();
      return world.log();
    }
  }
}
