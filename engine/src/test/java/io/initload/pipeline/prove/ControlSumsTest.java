package io.initload.pipeline.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.config.Control.Total;
import io.initload.pipeline.prove.ControlSums.Edge;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How far sums of two sides may be apart. */
class ControlSumsTest {
  private static final Set<Total> ALL = EnumSet.allOf(Total.class);

  @Test
  void whatAFieldRoundsIsEqual() {
    ControlSums source = sums(2, "3.01", "1.005", "2.005");
    ControlSums org = sums(2, "3.02", "1.01", "2.01");
    assertThat(agree(source, org, ALL, Optional.of(2))).isTrue();
    assertThat(agree(source, org, ALL, Optional.empty())).isFalse();
    assertThat(agree(source, sums(2, "3.03", "1.01", "2.01"), ALL, Optional.of(2))).isFalse();
    assertThat(agree(source, sums(2, "3.02", "1.02", "2.01"), ALL, Optional.of(2))).isFalse();
  }

  @Test
  void manyRoundedValuesAreNotApartByHalfAUnitEach() {
    int rows = 1_000_000;
    ControlSums source = sums(rows, "1000000.5", "1", "2");
    assertThat(agree(source, sums(rows, "1000020.5", "1", "2"), ALL, Optional.of(2))).isTrue();
    assertThat(agree(source, sums(rows, "1000050.5", "1", "2"), ALL, Optional.of(2))).isFalse();
  }

  @Test
  void onlyWhatIsAskedForIsLookedAt() {
    ControlSums source = sums(2, "3", "1", "2");
    ControlSums other = sums(2, "4", "0", "4");
    assertThat(agree(source, other, EnumSet.of(Total.COUNT), Optional.empty())).isTrue();
    for (Total total : EnumSet.of(Total.SUM, Total.MIN, Total.MAX)) {
      assertThat(agree(source, other, EnumSet.of(total), Optional.empty()))
          .as(total.name())
          .isFalse();
    }
    assertThat(agree(source, sums(3, "3", "1", "2"), EnumSet.of(Total.COUNT), Optional.empty()))
        .isFalse();
  }

  private static boolean agree(
      ControlSums source, ControlSums org, Set<Total> totals, Optional<Integer> roundedTo) {
    return ControlSums.agree(source, ControlSums.NONE, org, totals, roundedTo);
  }

  private static ControlSums sums(long rows, String sum, String min, String max) {
    BigDecimal number = new BigDecimal(sum);
    return new ControlSums(
        rows, rows, number, number.abs(), Edge.of(min, true), Edge.of(max, true));
  }
}
