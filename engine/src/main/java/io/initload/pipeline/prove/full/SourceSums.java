package io.initload.pipeline.prove.full;

import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.mapping.canonical.BucketSums;
import io.initload.pipeline.extract.StagedDigests;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.staging.CsvRow;

/**
 * The sums of the rows of a pass that the org is to have, made anew of the source where the ledger
 * has none that can be compared. For one thread.
 */
final class SourceSums {
  private final Workbench bench;
  private final Prepared pass;
  private final LoadedRows rows;
  private final BucketSums sums;
  private final StagedDigests digests;

  private SourceSums(Workbench bench, Prepared pass, Pass books) {
    this.bench = bench;
    this.pass = pass;
    this.rows = new LoadedRows(bench, pass, books);
    this.sums = BucketSums.forRows(books.snapshotRows());
    this.digests = PassDigests.of(bench, pass, sums);
  }

  /**
   * Reads all rows.
   *
   * @param books what the ledger has of the pass
   * @param at shows the rows
   */
  static BucketSums of(Workbench bench, Prepared pass, Pass books, Snapshot at)
      throws InterruptedException {
    return new SourceSums(bench, pass, books).read(at);
  }

  private BucketSums read(Snapshot at) throws InterruptedException {
    for (Chunk chunk : bench.ledger().chunks().list(pass.name())) {
      bench.stop().check();
      ChunkRows.each(bench, pass, chunk, at, this::take);
    }
    rows.corrected().forEach((key, texts) -> digests.add(key, texts::get));
    return sums;
  }

  private void take(CsvRow row) {
    String key = pass.keyForm().canonical(row.field(pass.mapping().keyField()));
    if (rows.contains(key) && !rows.corrected().containsKey(key)) {
      digests.add(key, row::field);
    }
  }
}
