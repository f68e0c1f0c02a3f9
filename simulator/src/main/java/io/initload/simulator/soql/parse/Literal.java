package io.initload.simulator.soql.parse;

/**
 * A value in a filter, as written.
 *
 * @param text the text between the quotes with escapes resolved, the digits, or the name
 * @param count n of {@code LAST_N_DAYS:n}, 0 elsewhere
 * @param at offset in the query
 */
public record Literal(Kind kind, String text, int count, int at) {
  public enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    TRUE,
    FALSE,
    NULL,
    DATE,
    DATETIME,
    /**
     * A name: {@code TODAY}, {@code LAST_N_DAYS:5}, or a field on the right side, which SOQL does
     * not have.
     */
    NAME,
    /** An Apex bind, which only Apex has. */
    BIND
  }
}
