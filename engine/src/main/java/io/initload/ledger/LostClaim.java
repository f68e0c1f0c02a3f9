package io.initload.ledger;

import io.initload.Failure;

/**
 * A worker tried to move something it no longer holds: its lease expired and another took over, or
 * the state moved on. Nothing was changed; the worker drops the piece and takes the next.
 */
public final class LostClaim extends Failure {
  private static final long serialVersionUID = 1L;

  LostClaim(String what) {
    super(
        Kind.TRANSIENT,
        "CLAIM_LOST",
        what + " is no longer this worker's: its lease expired, or another process took it over.",
        "Nothing to do: the other process goes on with it.");
  }
}
