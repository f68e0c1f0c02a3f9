package io.initload.ledger.pages;

/** Records and batches of the org's daily allowances that jobs held at a moment. */
public record Held(long records, long batches) {
  static final Held NONE = new Held(0, 0);
}
