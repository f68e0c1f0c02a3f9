package io.initload.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchesTest {
  @Test
  void emptyPlacesAreCountedAmongAllPlaces() {
    assertThat(Batches.of(25_000, 3).waste()).isBetween(0.1666, 0.1667);
    assertThat(Batches.of(25_000, 3).percent()).isEqualTo("16.7%");
    assertThat(Batches.of(0, 0).percent()).isEqualTo("0.0%");
    assertThat(Batches.of(20_000, 2).plus(Batches.of(1, 1))).isEqualTo(Batches.of(20_001, 3));
  }

  @Test
  void onlyALargeTableThatFillsItsBatchesBadlyIsWasteful() {
    assertThat(Batches.of(10_001, 2).wasteful()).as("a small table").isFalse();
    assertThat(Batches.of(990_001, 100).wasteful()).as("its last batch alone").isFalse();
    assertThat(Batches.of(1_980_000, 200).wasteful()).as("one in a hundred").isFalse();
    assertThat(Batches.of(1_979_999, 200).wasteful()).as("one more").isTrue();
  }
}
