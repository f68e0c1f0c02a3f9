package io.initload.pipeline.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadingPaceTest {
  private final ReadingPace pace = new ReadingPace(4);

  @Test
  void aChunkThatBrokeOffBeforeIsStillReadOnceAgainForOtherTrouble() {
    assertThat(pace.again("A-00001")).isTrue();
    assertThat(pace.onceAgain("A-00001")).isTrue();
    assertThat(pace.onceAgain("A-00001")).isFalse();
    pace.read("A-00001");
    assertThat(pace.onceAgain("A-00001")).isTrue();
  }

  @Test
  void readingOnceAgainIsNoneOfTheReadingsThatMayBreakOff() {
    assertThat(pace.onceAgain("A-00001")).isTrue();
    for (int i = 1; i < ReadingPace.BROKEN_MAX; i++) {
      assertThat(pace.again("A-00001")).isTrue();
    }
    assertThat(pace.again("A-00001")).isFalse();
    assertThat(pace.again("B-00001")).isTrue();
  }
}
