package io.initload.plan;

/** What a pass over a table loads. */
public enum PassKind {
  /** Every row, with every field of the mapping. */
  ROWS
}
