package io.initload.ledger.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * What the org allows in all, for every worker of the ledger together
 * (docs/reference/salesforce.md, "Limits").
 *
 * @param jobs jobs between create and a terminal state
 * @param records records in any rolling 24 h
 * @param batches batches of 10,000 rows in any rolling 24 h
 * @param said what the org itself said of its batches last; empty when it has not
 */
public record Allowance(
    String orgId, int jobs, long records, long batches, Optional<OrgReading> said) {
  /**
   * The org's own count of its daily batches, in which everybody's use is contained.
   *
   * @param left batches of 10,000 rows that were left then
   * @param max batches that the org allows in all
   * @param at when it was asked: what ended later it cannot have counted
   */
  public record OrgReading(long left, long max, Instant at) {}

  /** An allowance the org has said nothing about. */
  public Allowance(String orgId, int jobs, long records, long batches) {
    this(orgId, jobs, records, batches, Optional.empty());
  }

  public Allowance with(Optional<OrgReading> word) {
    return new Allowance(orgId, jobs, records, batches, word);
  }
}
