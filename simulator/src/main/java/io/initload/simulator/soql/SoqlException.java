package io.initload.simulator.soql;

/**
 * A query that is refused or cannot be finished; the message is the one the org answers, positions
 * included.
 */
public final class SoqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SoqlError error;

  public SoqlException(SoqlError error, String message) {
    super(message);
    this.error = error;
  }

  /** The error code to answer with. */
  public SoqlError error() {
    return error;
  }
}
