package io.initload.plan;

/**
 * The moment rows are read at.
 *
 * @param kind what the database gave
 * @param name by which other sessions take an exported snapshot; empty for the other kinds
 * @param mark the database's own clock at that moment (an SCN, a transaction id), which versions of
 *     rows can be compared with later; empty where there is none
 */
public record Snapshot(Kind kind, String name, String mark) {
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
  public static final Snapshot UNMARKED = new Snapshot(Kind.FROZEN, "", "");

  private static final char BETWEEN = '@';

  public static Snapshot scn(long scn) {
    return new Snapshot(Kind.SCN, "", Long.toString(scn));
  }

  /** From what {@link #text} wrote. */
  public static Snapshot of(Kind kind, String text) {
    int at = text.indexOf(BETWEEN);
    return new Snapshot(kind, text.substring(0, Math.max(0, at)), text.substring(at + 1));
  }

  /** Name and mark in one text, for the ledger. */
  public String text() {
    return name.isEmpty() ? mark : name + BETWEEN + mark;
  }

  /** The same moment, for reads that ask for no snapshot. */
  public Snapshot frozen() {
    return new Snapshot(Kind.FROZEN, "", mark);
  }

  /** For people. */
  @Override
  public String toString() {
    return (kind + " " + text()).strip();
  }
}
