package io.initload.ledger.entry;

import io.initload.Failure;

/**
 * The ledger answered before and does not now, or did not take a change. What was held when it went
 * away cannot be given back: whoever works begins again as a new process would.
 */
public final class LedgerAway extends Failure {
  private static final long serialVersionUID = 1L;

  /** Made where the ledger is asked. */
  public LedgerAway(String code, String message, String remedy, Throwable cause) {
    super(Reach.RUN, Kind.TRANSIENT, code, message, remedy, cause);
  }
}
