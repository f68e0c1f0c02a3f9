package io.initload.mapping;

import io.initload.config.rows.Computed;

/**
 * A column as the database describes it: one that is stored, or one that it computes.
 *
 * @param declared the type as users know it, for example {@code VARCHAR2(40 CHAR)}
 * @param length characters for texts and bytes for binaries where there is a bound, else 0
 * @param precision digits for numbers, 0 when unlimited
 * @param scale digits after the point; {@code SCALE_ANY} when the database does not say
 * @param sql the expression that it is computed by; empty where it is stored
 */
public record SourceColumn(
    String name,
    Type type,
    String declared,
    int length,
    int precision,
    int scale,
    boolean nullable,
    String sql) {
  /** One that is stored. */
  public SourceColumn(
      String name,
      Type type,
      String declared,
      int length,
      int precision,
      int scale,
      boolean nullable) {
    this(name, type, declared, length, precision, scale, nullable, "");
  }

  /** One of this type that is computed. Of an expression it is not told whether it may be null. */
  public SourceColumn computedAs(Computed column) {
    return new SourceColumn(
        column.name(), type, declared, length, precision, scale, true, column.sql());
  }

  /** The same where it may be null. */
  public SourceColumn nullableToo() {
    return new SourceColumn(name, type, declared, length, precision, scale, true, sql);
  }

  /** Whether the database computes it. */
  public boolean computed() {
    return !sql.isEmpty();
  }

  /**
   * Whether a row yields the value once, after all others: Oracle's LONG and LONG RAW are read off
   * the wire where they stand (docs/reference/oracle.md, "Types").
   */
  public boolean readOnce() {
    return declared.equals("LONG") || declared.equals("LONG RAW");
  }

  /** Whether databases tell equal values from others: they group and find rows by them. */
  public boolean comparable() {
    return switch (type) {
      case LONG_TEXT, JSON, XML -> false;
      case TEXT, NUMBER, FLOAT, BOOLEAN, DATE, DATETIME, INSTANT, TIME, INTERVAL -> true;
      // What cannot be loaded at all is told so.
      case BINARY, UNSUPPORTED -> true;
    };
  }

  /** Scale of a number without declared scale. */
  public static final int SCALE_ANY = -127;

  /** The types the mapping tells apart. */
  public enum Type {
    TEXT,
    NUMBER,
    FLOAT,
    BOOLEAN,
    DATE,
    /** Date and time without zone (Oracle DATE, TIMESTAMP). */
    DATETIME,
    /** An instant (TIMESTAMP WITH TIME ZONE). */
    INSTANT,
    TIME,
    INTERVAL,
    LONG_TEXT,
    BINARY,
    JSON,
    XML,
    /** Cannot be loaded; {@code declared} names it. */
    UNSUPPORTED
  }
}
