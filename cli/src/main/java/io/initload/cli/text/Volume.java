package io.initload.cli.text;

/** How much a command says of what it does; its result is told in any case. */
public enum Volume {
  /** Warnings, errors and the result alone. */
  QUIET,
  /** Also progress, and what is met on the way. */
  NORMAL,
  /** Also each act on both sides and each job, as lines of the log. */
  VERBOSE
}
