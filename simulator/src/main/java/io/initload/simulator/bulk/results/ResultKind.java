package io.initload.simulator.bulk.results;

/** The three results of a job. */
public enum ResultKind {
  SUCCESSFUL,
  FAILED,
  UNPROCESSED
}
