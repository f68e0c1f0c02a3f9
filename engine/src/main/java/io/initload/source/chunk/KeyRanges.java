package io.initload.source.chunk;

import io.initload.mapping.SourceColumn;
import io.initload.plan.ChunkBounds;
import io.initload.plan.PlannedChunk;
import java.util.ArrayList;
import java.util.List;

/** Ranges of a key as chunks. Pure arithmetic. */
final class KeyRanges {
  private KeyRanges() {}

  static List<PlannedChunk> of(
      List<SourceColumn> key,
      List<List<String>> starts,
      long rows,
      long each,
      boolean exact,
      boolean ordered) {
    List<String> columns = key.stream().map(SourceColumn::name).toList();
    List<PlannedChunk> chunks = new ArrayList<>();
    long left = rows;
    // A key that cannot be a bound leaves its range to the one before.
    boolean all = rows == 0 || starts.size() == (rows - 1) / each;
    for (int i = 0; i <= starts.size(); i++) {
      List<String> low = i == 0 ? List.of() : starts.get(i - 1);
      List<String> high = i == starts.size() ? List.of() : starts.get(i);
      long expected = i == starts.size() ? left : Math.min(each, left);
      left -= expected;
      ChunkBounds bounds = new ChunkBounds.KeyRange(columns, low, high, ordered);
      chunks.add(new PlannedChunk(bounds, expected, exact && all));
    }
    return chunks;
  }
}
