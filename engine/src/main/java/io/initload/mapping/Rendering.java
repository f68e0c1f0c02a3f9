package io.initload.mapping;

/** How a source value becomes CSV text; chosen once per column from both types. */
public enum Rendering {
  /** Text as it is; numbers plain; dates and times as ISO without zone conversion. */
  TEXT,
  /** A plain decimal. */
  NUMBER,
  /** {@code true}/{@code false}; from numbers 1/0 and the texts Y/N, T/F, true/false. */
  BOOLEAN,
  /** A date: the time of day, if any, is cut in the source's zone. */
  DATE,
  /** An instant in UTC; zoneless values are read in the source's zone. */
  DATETIME,
  /** A time of day. */
  TIME
}
