package io.initload.pipeline.prove.full;

import io.initload.ledger.entry.Chunk;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.RowCursor;
import io.initload.staging.CsvRow;

/** The rows of a chunk as the source shows them, read again as they are staged. */
final class ChunkRows {
  private ChunkRows() {}

  /** Takes the rows one by one. */
  interface Taker {
    void take(CsvRow row) throws InterruptedException;
  }

  /**
   * Shows all rows.
   *
   * @param at shows them
   * @param to must copy of a row what it keeps
   */
  static void each(Workbench bench, Prepared pass, Chunk chunk, Snapshot at, Taker to)
      throws InterruptedException {
    CsvRow row = new CsvRow();
    row.rules(pass.mapping().rules());
    try (RowCursor rows =
        bench
            .source()
            .read(
                pass.config().source(),
                chunk.bounds(),
                at,
                pass.mapping().reads(),
                pass.config().sourceZone(),
                chunk.label())) {
      while (rows.next()) {
        row.clear();
        pass.mapping().render(rows, row);
        to.take(row);
      }
    }
  }
}
