package io.initload.pipeline.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.HandClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PauseTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final HandClock clock = new HandClock(START);
  private final Pause pause = new Pause(clock);

  @Test
  void withoutAPauseOnlySomethingElseGivesWork() {
    assertThat(pause.lasts()).isFalse();
    assertThat(pause.due()).isEqualTo(Instant.MAX);
  }

  @Test
  void aPauseLastsUntilItsEnd() {
    pause.begin(Duration.ofSeconds(5));
    clock.advance(Duration.ofMillis(4_999));
    assertThat(pause.lasts()).isTrue();
    assertThat(pause.due()).isEqualTo(START.plusSeconds(5));
    clock.advance(Duration.ofMillis(1));
    assertThat(pause.lasts()).isFalse();
    assertThat(pause.due()).isEqualTo(Instant.MAX);
  }
}
