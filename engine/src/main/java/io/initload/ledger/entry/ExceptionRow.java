package io.initload.ledger.entry;

import java.util.List;

/**
 * A row that did not simply become a record.
 *
 * @param job Salesforce job that last refused it; empty for quarantined rows
 * @param attempts jobs that carried it
 * @param data its CSV fields in header order, as they were staged
 * @param corrected whether a person changed them since they were read from the source
 */
public record ExceptionRow(
    long id,
    String table,
    long chunk,
    String job,
    String externalId,
    State state,
    int attempts,
    String code,
    String message,
    List<String> data,
    boolean corrected) {
  public ExceptionRow {
    data = List.copyOf(data);
  }

  /** What became of the row. */
  public enum State {
    /** Read, but it cannot be staged. */
    QUARANTINED,
    /** Refused for a transient reason; waits to be gathered into a retry part. */
    PENDING,
    /** In a retry part. */
    RETRYING,
    CREATED,
    UPDATED,
    /** Refused for good. */
    DEAD
  }
}
