package io.initload.simulator.bulk;

/** The three results of a job. */
public enum ResultKind {
  SUCCESSFUL,
  FAILED,
  UNPROCESSED
}
