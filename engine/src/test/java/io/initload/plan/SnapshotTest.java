package io.initload.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A snapshot comes back from the ledger as it went there. */
class SnapshotTest {
  @ParameterizedTest
  @CsvSource({
    "SCN, '', 81234567890123, 81234567890123",
    "EXPORTED, 00000003-0000001B-1, 742, 00000003-0000001B-1@742",
    "FROZEN, '', 742, 742",
    "FROZEN, '', '', ''"
  })
  void isWrittenAndReadAgain(Snapshot.Kind kind, String name, String mark, String text) {
    Snapshot snapshot = new Snapshot(kind, name, mark);
    assertThat(snapshot.text()).isEqualTo(text);
    assertThat(Snapshot.of(kind, text)).isEqualTo(snapshot);
  }
}
