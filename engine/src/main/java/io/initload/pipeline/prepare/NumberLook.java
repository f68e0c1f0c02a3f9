package io.initload.pipeline.prepare;

import io.initload.mapping.Finding;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.source.SourceDatabase;
import java.util.List;

/** Looks at the first rows of a table for numbers that their fields do not hold. */
final class NumberLook {
  /** As many as take seconds, whatever the table's size. */
  static final int ROWS = 100_000;

  private NumberLook() {}

  /** What was found; nothing is read where the types of the columns leave no doubt. */
  static List<Finding> at(SourceDatabase source, Prepared table) {
    List<NumberDoubt> doubts = NumberDoubt.of(table);
    if (doubts.isEmpty()) {
      return List.of();
    }
    NumberCounts counts = new NumberCounts(doubts);
    boolean all = true;
    try (RowCursor rows =
        source.read(
            table.config().source(),
            new ChunkBounds.Whole(),
            Snapshot.UNMARKED,
            counts.reads(),
            table.config().sourceZone(),
            table.name() + " numbers")) {
      for (int seen = 0; rows.next(); seen++) {
        if (seen == ROWS) {
          all = false;
          break;
        }
        counts.count(rows);
      }
    }
    return counts.findings("tables " + table.name(), all);
  }
}
