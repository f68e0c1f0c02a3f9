package io.initload.ledger.entry;

/** Where a part's rows come from. */
public enum PartKind {
  /** Read from the source. */
  DATA,
  /** Rows of another part that its job never attempted. */
  REST,
  /** Rows refused for a transient reason, gathered over parts and chunks. */
  RETRY
}
