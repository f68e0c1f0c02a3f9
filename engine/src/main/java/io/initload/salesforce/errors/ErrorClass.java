package io.initload.salesforce.errors;

/** What kind of trouble an error code stands for, and so who must act. */
public enum ErrorClass {
  /** Passes by itself: the row is loaded again, within bounds. */
  TRANSIENT("passes; the row is loaded again"),
  /** The row itself is wrong: it becomes a dead letter at once. */
  DATA("the row is wrong; correct it and replay"),
  /**
   * The org, the mapping or the order of loading is wrong: the row becomes a dead letter at once.
   */
  CONFIGURATION("the org or the mapping is wrong; mend it and replay"),
  /** Every later row would fail too: the run stops. */
  PLATFORM("the org can take no more; the run stops");

  private final String words;

  ErrorClass(String words) {
    this.words = words;
  }

  /** Whether a row with such an error is loaded again by itself. */
  public boolean isRetried() {
    return this == TRANSIENT;
  }

  /** One phrase for people. */
  public String words() {
    return words;
  }
}
