package io.initload.ledger.entry;

import java.time.Instant;
import java.util.Optional;

/**
 * A job as the ledger knows it.
 *
 * @param sfId empty until the org's answer to create is recorded
 * @param records reserved of the daily allowance until the job is settled
 */
public record Job(
    long id,
    String table,
    String object,
    long part,
    String owner,
    Optional<String> sfId,
    State state,
    Instant intentAt,
    long records,
    long batches) {

  /** The life of a job as far as it matters to us. */
  public enum State {
    /** Create is about to be called or was called without an answer. */
    INTENT,
    /** The answer to create was lost: a job may exist, and holds its slot until that is known. */
    DOUBT,
    OPEN,
    UPLOADED,
    SUBMITTED,
    COMPLETE,
    FAILED,
    ABORTED;
  }
}
