package io.initload.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PollPaceTest {
  private final PollPace pace =
      new PollPace(Duration.ofSeconds(1), Duration.ofSeconds(30), new SplittableRandom(11));

  @Test
  void growsByHalfUntilItsBound() {
    double expected = 1_000;
    for (int i = 0; i < 20; i++) {
      long wait = pace.idle().toMillis();
      assertThat(wait).isBetween((long) (expected * 0.79), (long) (expected * 1.01) + 20);
      expected = Math.min(30_000, expected * 1.5);
    }
  }

  @Test
  void startsAgainAfterAChange() {
    for (int i = 0; i < 20; i++) {
      pace.idle();
    }
    assertThat(pace.changed()).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(pace.idle()).isLessThanOrEqualTo(Duration.ofMillis(1_501));
  }
}
