package io.initload.codes;

/** How far an error goes. */
public enum ErrorScope {
  /** One row; the others of its job are loaded. */
  ROW,
  /** One job; what it left is loaded by others. */
  JOB,
  /** One table; the others go on. */
  TABLE,
  /** Every later act would fail too: the run ends. */
  RUN
}
