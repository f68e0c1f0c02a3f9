package io.initload.simulator.dml;

/** What became of a row. */
public enum RowResult {
  CREATED,
  UPDATED,
  REMOVED,
  FAILED
}
