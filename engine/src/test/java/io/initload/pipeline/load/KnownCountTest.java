package io.initload.pipeline.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.ledger.entry.Allowance.OrgReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KnownCountTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration AGE = Duration.ofMinutes(5);

  private final KnownCount count = new KnownCount();

  @Test
  void atFirstTheOrgIsAsked() {
    assertThat(count.current(NOW, AGE)).isFalse();
    assertThat(count.last()).isEmpty();
  }

  @Test
  void anAnswerIsCurrentUntilItIsAsOldAsAllowed() {
    count.answered(Optional.of(reading(NOW)), NOW, AGE);
    assertThat(count.current(NOW.plus(AGE).minusMillis(1), AGE)).isTrue();
    assertThat(count.current(NOW.plus(AGE), AGE)).isFalse();
    assertThat(count.last()).contains(reading(NOW));
  }

  @Test
  void whoNeedsANewerOneAsksAgain() {
    count.answered(Optional.of(reading(NOW)), NOW, AGE);
    Instant soon = NOW.plusSeconds(11);
    assertThat(count.current(soon, AGE)).isTrue();
    assertThat(count.current(soon, Duration.ofSeconds(10))).isFalse();
  }

  @Test
  void anOrgThatSaysNothingIsLeftAloneForAWhileHoweverNewTheAnswerMustBe() {
    count.answered(Optional.of(reading(NOW)), NOW, AGE);
    Instant then = NOW.plus(AGE);
    count.answered(Optional.empty(), then, AGE);
    assertThat(count.last()).isEmpty();
    assertThat(count.current(then.plusSeconds(299), Duration.ofSeconds(10))).isTrue();
    assertThat(count.current(then.plus(AGE), AGE)).isFalse();
  }

  @Test
  void whatOthersWereToldIsTakenWhileItIsCurrent() {
    assertThat(count.take(reading(NOW.minusSeconds(1)), NOW, AGE)).isTrue();
    assertThat(count.last()).contains(reading(NOW.minusSeconds(1)));
    assertThat(count.current(NOW, AGE)).isTrue();
  }

  @Test
  void whatIsTooOldOrOfTheFutureIsNot() {
    assertThat(count.take(reading(NOW.minus(AGE)), NOW, AGE)).isFalse();
    assertThat(count.take(reading(NOW.plusMillis(1)), NOW, AGE)).isFalse();
    assertThat(count.last()).isEmpty();
  }

  private static OrgReading reading(Instant at) {
    return new OrgReading(14_000, 15_000, at);
  }
}
