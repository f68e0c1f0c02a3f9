package io.initload.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.initload.ledger.entry.Allowance.OrgReading;
import io.initload.plan.ChunkBounds;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerJsonTest {
  @Test
  void boundsOfEveryKindComeBackAsTheyWere() {
    List<String> low = List.of("1", "é \"quoted\"");
    for (ChunkBounds bounds :
        List.of(
            new ChunkBounds.Whole(),
            new ChunkBounds.KeyRange(List.of("A", "b c"), low, List.of(), true),
            new ChunkBounds.KeyRange(List.of("A"), List.of(), List.of("9")),
            new ChunkBounds.RowidRange("(0,0)", "(9,65535)"),
            new ChunkBounds.RowidRange("sales.\"y 2024\"", "(0,0)", "(9,65535)"),
            new ChunkBounds.HashBucket(List.of("A", "b c"), 8, 7),
            new ChunkBounds.HashBucket(List.of(), 4, 0),
            new ChunkBounds.Partition("P 1", true))) {
      assertThat(LedgerJson.bounds(LedgerJson.bounds(bounds))).isEqualTo(bounds);
    }
  }

  @Test
  void aLedgerOfBeforeKnowsNoRangesInPartitions() {
    assertThat(LedgerJson.bounds("{\"kind\":\"rowid\",\"low\":\"AAA\",\"high\":\"<AAB\"}"))
        .isEqualTo(new ChunkBounds.RowidRange("AAA", "AAB"));
  }

  @Test
  void aReadingOfTheOrgComesBackAsItWas() {
    for (OrgReading reading :
        List.of(
            new OrgReading(14_998, 15_000, Instant.parse("2026-03-01T12:30:15.123456Z")),
            new OrgReading(0, 15_000, Instant.EPOCH))) {
      assertThat(LedgerJson.reading(LedgerJson.reading(reading))).isEqualTo(reading);
    }
    assertThat(LedgerJson.reading("{\"left\":7,\"max\":9,\"at\":\"2026-03-01T12:30:00Z\"}"))
        .isEqualTo(new OrgReading(7, 9, Instant.parse("2026-03-01T12:30:00Z")));
  }

  @Test
  void whatIsNoReadingIsNotTakenForOne() {
    assertThatThrownBy(() -> LedgerJson.reading("{\"left\":7}"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("{\"left\":7}");
  }
}
