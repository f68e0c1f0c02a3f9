package io.initload.source.oracle;

/** Whose parser Oracle's statements must please. */
public enum OracleFlavour {
  ORACLE,
  /** H2 in Oracle mode: no flashback, JSON read as it is. */
  H2
}
