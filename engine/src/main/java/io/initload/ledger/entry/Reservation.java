package io.initload.ledger.entry;

import java.time.Instant;

/** The answer to a request for a slot and a share of the quota. */
public sealed interface Reservation {
  /** The part is the worker's and a job may be created for it. */
  record Granted(Part part, Job job) implements Reservation {}

  /** No part waits that may be loaded now. */
  record NothingToLoad() implements Reservation {}

  /** Every slot is taken. */
  record NoSlot() implements Reservation {}

  /**
   * The daily allowance is used up.
   *
   * @param until when enough of it is free again, if not before
   * @param sooner whether jobs have not ended that may give back some of theirs before
   */
  record QuotaExhausted(Instant until, boolean sooner) implements Reservation {}

  /**
   * The org itself said that fewer batches are left than are needed now, others use it too.
   *
   * @param left batches that it said were left
   * @param wanted batches that the next part takes
   */
  record OrgShort(long left, long wanted) implements Reservation {}
}
