package io.initload.ledger.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.initload.plan.ChunkBounds;
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
}
