package io.initload.simulator.hook;

import java.time.Duration;

/** What is done to a running job. Values. */
public sealed interface JobEffect {
  /** Nothing: the transaction runs. */
  JobEffect NONE = new None();

  /** Nothing: the transaction runs. */
  record None() implements JobEffect {}

  /** The job fails before this transaction; what is written stays. */
  record FailJob(String errorMessage) implements JobEffect {}

  /** Somebody aborts the job before this transaction; what is written stays. */
  record AbortJob() implements JobEffect {}

  /** The batch stands still for a span of org time, then the transaction is asked for again. */
  record Stall(Duration span) implements JobEffect {}

  /**
   * Rows of this transaction do not get their locks.
   *
   * @param share which part of the rows, 0 to 1; which ones depends on job and row alone
   */
  record LockRows(double share) implements JobEffect {}
}
