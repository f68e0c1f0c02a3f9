package io.initload.simulator.bulk.ingest;

/** The three results of a job. */
public enum ResultKind {
  SUCCESSFUL,
  FAILED,
  UNPROCESSED
}
