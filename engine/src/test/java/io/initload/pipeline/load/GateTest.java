package io.initload.pipeline.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(2));
  private static final Instant JUST_BEFORE = LATER.minusMillis(1);

  private final Gate gate = new Gate();

  @Test
  void aGateIsOpenAtFirst() {
    assertThat(gate.closed(NOW)).isFalse();
    assertThat(gate.closed(NOW, 7)).isFalse();
    assertThat(gate.due(NOW)).isEmpty();
  }

  @Test
  void closedForAllItStaysSoUntilThatVeryTime() {
    gate.close(Optional.empty(), LATER);
    assertThat(gate.closed(JUST_BEFORE)).isTrue();
    assertThat(gate.closed(JUST_BEFORE, 7)).isTrue();
    assertThat(gate.due(JUST_BEFORE)).contains(LATER);
    assertThat(gate.closed(LATER)).isFalse();
    assertThat(gate.closed(LATER, 7)).isFalse();
    assertThat(gate.due(LATER)).isEmpty();
  }

  @Test
  void closedForOnePartItLetsAnotherThrough() {
    gate.close(Optional.of(7L), LATER);
    assertThat(gate.closed(NOW)).isFalse();
    assertThat(gate.closed(NOW, 7)).isTrue();
    assertThat(gate.closed(NOW, 8)).isFalse();
    assertThat(gate.due(NOW)).contains(LATER);
    assertThat(gate.closed(LATER, 7)).isFalse();
  }

  @Test
  void theLastWordCountsAndSaysWhetherItIsNews() {
    assertThat(gate.close(Optional.of(7L), LATER)).isTrue();
    assertThat(gate.close(Optional.empty(), LATER)).isFalse();
    assertThat(gate.closed(NOW, 8)).isTrue();
    assertThat(gate.close(Optional.empty(), JUST_BEFORE)).isTrue();
    assertThat(gate.closed(JUST_BEFORE)).isFalse();
  }

  @Test
  void anOpenGateIsWorthAnotherLookAtTheTimeThatWasSaidUntilSomebodyLooks() {
    gate.askAgain(LATER);
    assertThat(gate.closed(NOW)).isFalse();
    assertThat(gate.due(NOW)).contains(LATER);
    gate.asked();
    assertThat(gate.due(NOW)).isEmpty();
  }

  @Test
  void roomThatJobsMayGiveBackIsLookedForNowAndThen() {
    Instant soon = NOW.plus(Gate.PAUSE);
    assertThat(Gate.worthAsking(NOW, LATER, true)).isEqualTo(soon);
    assertThat(Gate.worthAsking(NOW, LATER, false)).isEqualTo(LATER);
    assertThat(Gate.worthAsking(NOW, NOW.plusSeconds(60), true)).isEqualTo(NOW.plusSeconds(60));
  }
}
