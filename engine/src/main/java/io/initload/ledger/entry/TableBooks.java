package io.initload.ledger.entry;

import io.initload.plan.Batches;

/**
 * The sums of one table, from the ledger alone, and whether the laws' equations hold
 * (docs/architecture.md, "The laws").
 *
 * @param pending rows that are neither loaded nor refused for good yet
 */
public record TableBooks(
    String table,
    long snapshotRows,
    long readRows,
    long quarantined,
    long stagedRows,
    long created,
    long updated,
    long deadLettered,
    long pending,
    long chunks,
    long openChunks,
    long parts,
    long openParts,
    long jobs,
    Batches batches) {

  /** Rows at the snapshot = rows read = rows staged + rows quarantined. */
  public boolean readClosed() {
    return openChunks == 0 && snapshotRows == readRows && readRows == stagedRows + quarantined;
  }

  /** Rows staged = created + updated + dead-lettered. */
  public boolean loadClosed() {
    return openParts == 0 && pending == 0 && stagedRows == created + updated + deadLettered;
  }

  /** Rows that are where they will stay: loaded, or held back for a person. */
  public long done() {
    return created + updated + deadLettered + quarantined;
  }

  /** Rows of the snapshot that are not {@link #done}; below 0 where more were read than counted. */
  public long left() {
    return snapshotRows - done();
  }

  public boolean closed() {
    return readClosed() && loadClosed();
  }
}
