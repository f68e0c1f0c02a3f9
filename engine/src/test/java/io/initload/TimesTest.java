package io.initload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Moments in zones of people. */
class TimesTest {
  private static final Times BERLIN = new Times(ZoneId.of("Europe/Berlin"));
  private static final Times UTC = new Times(ZoneOffset.UTC);

  @Test
  void aMomentIsInTheZoneAndSaysWhichThatIs() {
    Instant winter = Instant.parse("2026-11-30T10:18:56.789Z");
    assertThat(BERLIN.text(winter)).isEqualTo("2026-11-30T11:18:56+01:00");
    assertThat(UTC.text(winter)).isEqualTo("2026-11-30T10:18:56Z");
    assertThat(BERLIN.page(winter)).isEqualTo("30 November 2026, 11:18:56 +01:00 (Europe/Berlin)");
    assertThat(UTC.page(winter)).isEqualTo("30 November 2026, 10:18:56 UTC");
    assertThat(new Times(ZoneId.of("UTC")).page(winter)).endsWith("10:18:56 UTC");
    assertThat(new Times(ZoneOffset.ofHours(-3)).page(winter)).endsWith("07:18:56 -03:00");
  }

  @Test
  void theHourThatComesTwiceIsTwoMoments() {
    assertThat(BERLIN.page(Instant.parse("2026-10-25T00:30:00Z")))
        .isEqualTo("25 October 2026, 02:30:00 +02:00 (Europe/Berlin)");
    assertThat(BERLIN.page(Instant.parse("2026-10-25T01:30:00Z")))
        .isEqualTo("25 October 2026, 02:30:00 +01:00 (Europe/Berlin)");
  }

  @Test
  void momentsInASentenceAreMovedAndNothingElse() {
    assertThat(BERLIN.local("Run it again at 2026-07-01T22:30:00.123Z or later; 2026 rows."))
        .isEqualTo("Run it again at 2026-07-02T00:30:00+02:00 or later; 2026 rows.");
    assertThat(BERLIN.local("at 2026-99-01T22:30:00Z")).isEqualTo("at 2026-99-01T22:30:00Z");
  }
}
