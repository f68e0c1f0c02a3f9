package io.initload.source;

/** What became of a table's rows since a moment. */
public enum Drift {
  /** Row versions prove that they are the same, in the same places. */
  SAME,
  /** They are as many, and this kind of table tells no more. */
  AS_MANY,
  CHANGED
}
