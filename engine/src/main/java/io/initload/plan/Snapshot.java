package io.initload.plan;

/**
 * The moment rows are read at.
 *
 * @param kind what the database gave
 * @param id the SCN; {@code NAME@MARK} of an exported snapshot; the mark alone of a frozen source,
 *     empty where the database has none
 */
public record Snapshot(Kind kind, String id) {
  /** From strongest to weakest. */
  public enum Kind {
    /** Oracle flashback query at one SCN. */
    SCN,
    /** PostgreSQL exported snapshot; lives as long as the session that exported it. */
    EXPORTED,
    /** None that sessions share: nobody may write until all is read, and that is checked. */
    FROZEN
  }

  /** A frozen source whose row versions tell nothing. */
  public static final Snapshot UNMARKED = new Snapshot(Kind.FROZEN, "");

  /**
   * The database's own clock at that moment (an SCN, a transaction id), which versions of rows can
   * be compared with later; empty where there is none.
   */
  public String mark() {
    return id.substring(id.indexOf('@') + 1);
  }

  /** The name of an exported snapshot. */
  public String name() {
    return id.substring(0, Math.max(0, id.indexOf('@')));
  }

  /** The same moment, for reads that ask for no snapshot. */
  public Snapshot frozen() {
    return new Snapshot(Kind.FROZEN, mark());
  }

  /** For people. */
  @Override
  public String toString() {
    return (kind + " " + id).strip();
  }
}
