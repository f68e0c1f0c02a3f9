package io.initload.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadEstimateTest {
  @Test
  void batchesAreCountedPerJob() {
    // 100 bytes a row: 950,000 fit, the row target is smaller.
    assertThat(estimate(100, 250_000, 550_001))
        .isEqualTo(new LoadEstimate(550_001, 3, 25 + 25 + 6, 55_000_100));
    assertThat(estimate(100, 250_000, 5_000, 5_000))
        .isEqualTo(new LoadEstimate(10_000, 2, 2, 1_000_000));
  }

  @Test
  void wideRowsMakeSmallerParts() {
    // 95,000,000 / 1,000 = 95,000 rows, cut at 90,000.
    assertThat(estimate(1_000, 250_000, 180_000).parts()).isEqualTo(2);
    // 10,000 rows do not fit: parts of 9,500 rows, a batch each.
    assertThat(estimate(10_000, 250_000, 19_000))
        .isEqualTo(new LoadEstimate(19_000, 2, 2, 190_000_000));
  }

  @Test
  void daysFollowTheTighterAllowance() {
    assertThat(new LoadEstimate(0, 0, 0, 0).days(150_000_000, 15_000)).isZero();
    assertThat(new LoadEstimate(150_000_000, 600, 15_000, 0).days(150_000_000, 15_000))
        .isEqualTo(1);
    assertThat(new LoadEstimate(150_000_001, 600, 15_000, 0).days(150_000_000, 15_000))
        .isEqualTo(2);
    assertThat(new LoadEstimate(100, 600, 45_001, 0).days(150_000_000, 15_000)).isEqualTo(4);
  }

  private static LoadEstimate estimate(long rowBytes, long partRows, long... rows) {
    List<PlannedChunk> chunks =
        java.util.Arrays.stream(rows)
            .mapToObj(r -> new PlannedChunk(new ChunkBounds.Whole(), r, true))
            .toList();
    return LoadEstimate.of(chunks, rowBytes, partRows, 95_000_000);
  }
}
