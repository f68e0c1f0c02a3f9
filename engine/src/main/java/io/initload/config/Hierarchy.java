package io.initload.config;

/**
 * How rows are loaded that name rows of their own table.
 *
 * @param writeOnce whether a row may be written only once, so that a second pass cannot set what
 *     the first left out
 * @param levels rows that are written once are loaded parents first, in at most so many steps
 */
public record Hierarchy(boolean writeOnce, int levels) {
  /** As the org's describes say, ten levels deep. */
  public static final Hierarchy DEFAULT = new Hierarchy(false, 10);
}
