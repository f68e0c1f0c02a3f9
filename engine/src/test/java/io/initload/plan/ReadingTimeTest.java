package io.initload.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTimeTest {
  private static final long RECORDS = 150_000_000;
  private static final long BATCHES = 15_000;
  private static final long ENOUGH = 1_000_000_000_000L;

  @Test
  void whatIsReadAheadWaitsForNoAllowance() {
    assertThat(time(ENOUGH)).isEqualTo(Duration.ZERO);
    assertThat(time(ENOUGH, rows(100_000_000))).isEqualTo(Duration.ofSeconds(2_000));
    // Six days of allowance, but all of it fits into the staging directory.
    assertThat(time(ENOUGH, rows(900_000_000))).isEqualTo(Duration.ofHours(5));
  }

  @Test
  void aFullStagingDirectoryHoldsUpReading() {
    // 900,000,000 rows of 230 bytes are 90 GB of gzip; a half has to be loaded first: three days.
    assertThat(time(45_000_000_000L, rows(900_000_000))).isEqualTo(Duration.ofDays(2).plusHours(5));
  }

  @Test
  void tablesAreReadWhenThoseBeforeThemAreLoaded() {
    assertThat(time(ENOUGH, rows(300_000_000), rows(50_000_000)))
        .isEqualTo(Duration.ofDays(1).plusSeconds(7_000));
    assertThat(time(ENOUGH, rows(50_000_000), rows(300_000_000)))
        .isEqualTo(Duration.ofSeconds(7_000));
  }

  private static LoadEstimate rows(long rows) {
    return new LoadEstimate(rows, rows / 250_000, rows / LoadEstimate.BATCH_ROWS, rows * 230);
  }

  private static Duration time(long staging, LoadEstimate... groups) {
    return ReadingTime.of(List.of(groups), staging, RECORDS, BATCHES);
  }
}
