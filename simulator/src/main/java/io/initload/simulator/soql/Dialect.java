package io.initload.simulator.soql;

/** Which resource asks: they accept different queries. */
public enum Dialect {
  /** {@code /query} and {@code /queryAll}. */
  REST,
  /**
   * {@code /jobs/query}: no aggregates, groups, offsets, compound fields or subqueries
   * (docs/reference/salesforce.md, "Bulk query").
   */
  BULK
}
