package io.initload.salesforce.errors;

/** What kind of trouble an error code stands for, and so who must act. */
public enum ErrorClass {
  /** Passes by itself: the row is loaded again, within bounds. */
  TRANSIENT,
  /** The row itself is wrong: it becomes a dead letter at once. */
  DATA,
  /**
   * The org, the mapping or the order of loading is wrong: the row becomes a dead letter at once.
   */
  CONFIGURATION,
  /** Every later row would fail too: the run stops. */
  PLATFORM;

  /** Whether a row with such an error is loaded again by itself. */
  public boolean isRetried() {
    return this == TRANSIENT;
  }
}
