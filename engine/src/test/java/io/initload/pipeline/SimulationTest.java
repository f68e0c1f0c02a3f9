package io.initload.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Whole migrations under faults and deaths: nothing lost, nothing doubled, no limit crossed,
 * nothing finished uploaded again. {@code -Dseeds=N -Dfrom=FIRST} plays others; {@code
 * -Dfrom=random} draws.
 */
final class SimulationTest {
  private static final String SEEDS = "2000";

  @Test
  void everyWorldEndsWithClosedBooks() throws Exception {
    String from = System.getProperty("from", "1");
    long first =
        from.equals("random") || from.isEmpty()
            ? System.nanoTime() & 0xffffff
            : Long.parseLong(from);
    assertThat(Simulate.run(Long.parseLong(System.getProperty("seeds", SEEDS)), first))
        .as("seeds that failed")
        .isEmpty();
  }
}
