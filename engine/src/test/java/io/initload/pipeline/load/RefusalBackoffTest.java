package io.initload.pipeline.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.Failure;
import io.initload.ledger.HandClock;
import io.initload.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalBackoffTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private final Failure lost =
      new Failure(Failure.Kind.TRANSIENT, "ORG_UNKNOWN_OUTCOME", "No answer.", "Wait.");

  private final HandClock clock = new HandClock(START);

  /** Without chance the waits are 2, 4, 8, ... seconds. */
  private final RefusalBackoff backoff =
      new RefusalBackoff(
          clock, new Backoff(Duration.ofSeconds(4), Duration.ofMinutes(1), () -> 0L));

  @Test
  void jobsMayBeginBeforeAnythingWasLost() {
    assertThat(backoff.until()).isBefore(START);
  }

  @Test
  void theWaitGrowsWithEachRoundThatFails() {
    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      backoff.lost(lost, Duration.ZERO);
      assertThat(backoff.until()).isEqualTo(clock.instant().plusSeconds(seconds));
      clock.advance(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void whatIsLostDuringAPauseCountsToTheSameRound() {
    backoff.lost(lost, Duration.ZERO);
    clock.advance(Duration.ofSeconds(1));
    backoff.lost(lost, Duration.ZERO);
    assertThat(backoff.until()).isEqualTo(START.plusSeconds(3));
    clock.advance(Duration.ofSeconds(2));
    backoff.lost(lost, Duration.ZERO);
    assertThat(backoff.until()).isEqualTo(START.plusSeconds(3 + 4));
  }

  @Test
  void theOrgIsLeftAloneAsLongAsItAsked() {
    backoff.lost(lost, Duration.ofSeconds(30));
    assertThat(backoff.until()).isEqualTo(START.plusSeconds(30));
    backoff.lost(lost, Duration.ZERO);
    assertThat(backoff.until()).as("no shorter for another one").isEqualTo(START.plusSeconds(30));
  }

  @Test
  void aJobThatCameThroughBeginsTheRoundsAnew() {
    backoff.lost(lost, Duration.ZERO);
    clock.advance(Duration.ofSeconds(2));
    backoff.lost(lost, Duration.ZERO);
    clock.advance(Duration.ofSeconds(4));
    backoff.worked();
    backoff.lost(lost, Duration.ZERO);
    assertThat(backoff.until()).isEqualTo(START.plusSeconds(6 + 2));
  }
}
