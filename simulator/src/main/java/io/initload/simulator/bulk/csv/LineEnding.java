package io.initload.simulator.bulk.csv;

/** How the lines of an upload end. */
public enum LineEnding {
  LF,
  CRLF
}
