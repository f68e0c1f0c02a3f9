package io.initload.config;

/** What becomes of a row that names a parent which is no row of the migration's tables. */
public enum OrphanPolicy {
  /** It is loaded without the lookup. */
  NULL,
  /** It is held back. */
  REJECT,
  /** Its table is not loaded. */
  FAIL
}
