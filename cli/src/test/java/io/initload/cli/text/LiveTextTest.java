package io.initload.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What of a table has moved, as people see it. */
class LiveTextTest {
  @Test
  void aBarIsNeverLongerThanItsPlace() {
    assertThat(LiveText.bar(0, 0)).isEqualTo("....................");
    assertThat(LiveText.bar(50, 100)).isEqualTo("##########..........");
    assertThat(LiveText.bar(99, 100)).isEqualTo("###################.");
    assertThat(LiveText.bar(100, 100)).isEqualTo("####################");
    assertThat(LiveText.bar(106, 100)).isEqualTo("####################");
  }
}
