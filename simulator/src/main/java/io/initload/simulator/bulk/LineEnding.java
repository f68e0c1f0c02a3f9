package io.initload.simulator.bulk;

/** How the lines of an upload end. */
public enum LineEnding {
  LF,
  CRLF
}
