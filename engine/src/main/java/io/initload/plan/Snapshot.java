package io.initload.plan;

/**
 * The moment all chunks of a migration read at.
 *
 * @param kind what the database gave
 * @param id the SCN, the exported snapshot's name, or empty
 */
public record Snapshot(Kind kind, String id) {
  /** From strongest to weakest. */
  public enum Kind {
    /** Oracle flashback query at one SCN. */
    SCN,
    /** PostgreSQL exported snapshot; lives as long as the session that exported it. */
    EXPORTED,
    /** The database gives none that several sessions share; the source must not change. */
    NONE
  }

  public static final Snapshot UNSUPPORTED = new Snapshot(Kind.NONE, "");
}
