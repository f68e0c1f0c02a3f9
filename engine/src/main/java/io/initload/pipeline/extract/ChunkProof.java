package io.initload.pipeline.extract;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.work.PassWork;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.Drift;

/** Proves that a chunk was read as it was at the snapshot, before anything of it can be loaded. */
final class ChunkProof {
  private final Workbench bench;

  ChunkProof(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Holds a reading against the source.
   *
   * @param read rows that it gave
   * @throws Failure {@code CHUNK_COUNT}, {@code SOURCE_CHANGED}
   */
  void check(Chunk chunk, PassWork table, Pass pass, long read) {
    long counted = counted(chunk, table, pass);
    if (read != counted) {
      throw new Failure(
          Failure.Kind.FAILED,
          "CHUNK_COUNT",
          "Chunk %s gave %,d rows, but %,d were counted in it at the snapshot."
              .formatted(chunk.label(), read, counted),
          "The source changed under a snapshot it cannot hold, or lost rows: stop the writers of"
              + " the table, start the migration under a new name, or read from a copy.");
    }
    checkFrozen(table, pass);
  }

  /**
   * Holds a chunk that was read again against the books.
   *
   * @param rows that are not loaded, by the reading
   * @param missing rows that are not loaded, by the books
   * @throws Failure {@code CHUNK_COUNT}
   */
  static void checkAgain(Chunk chunk, long rows, long missing) {
    if (rows != missing) {
      throw new Failure(
          Failure.Kind.FAILED,
          "CHUNK_COUNT",
          "Chunk %s was read again and gave %,d rows that are not loaded, but %,d are missing."
              .formatted(chunk.label(), rows, missing),
          "The source or the org's records changed meanwhile: start the migration under a new"
              + " name.");
    }
  }

  /**
   * Rows of the chunk at the snapshot, by the database's own count: planned, or asked for now while
   * the blocks are still in its cache. A row that was missed silently stops the table here.
   */
  private long counted(Chunk chunk, PassWork table, Pass pass) {
    return chunk.exact()
        ? chunk.expectedRows()
        : bench.source().count(table.config().source(), chunk.bounds(), pass.snapshot());
  }

  /**
   * A table without snapshot is the same from its first count to its last chunk, or stops.
   * Whichever chunk is read last finds no other one waiting, so the look is never left out.
   */
  private void checkFrozen(PassWork table, Pass pass) {
    if (pass.snapshot().kind() == Snapshot.Kind.FROZEN
        && bench.ledger().chunks().allTaken(pass.name())
        && bench.source().since(table.config().source(), pass.snapshot(), pass.snapshotRows())
            == Drift.CHANGED) {
      throw new Failure(
          Failure.Kind.FAILED,
          "SOURCE_CHANGED",
          "%s was written to while it was read without a snapshot.".formatted(pass.name()),
          "Start the migration under a new name and let nobody write until all is read, or get a"
              + " snapshot (source.consistency: snapshot).");
    }
  }
}
