package io.initload.config;

import java.util.Map;

/**
 * How rows are loaded that name other rows.
 *
 * @param writeOnce whether a row may be written only once, so that a second pass cannot set what
 *     the first left out
 * @param levels rows that are written once and name rows of their own table are loaded parents
 *     first, in at most so many steps
 * @param orphans what becomes of rows whose parents are not there, by lookup; of others the org
 *     judges
 * @param fallbacks who stands for users, queues and record types that the org does not have, by
 *     lookup
 */
public record Hierarchy(
    boolean writeOnce,
    int levels,
    Map<String, OrphanPolicy> orphans,
    Map<String, String> fallbacks) {
  /** As the org's describes say, ten levels deep. */
  public static final Hierarchy DEFAULT = new Hierarchy(false, 10);

  public Hierarchy {
    orphans = Map.copyOf(orphans);
    fallbacks = Map.copyOf(fallbacks);
  }

  /** Names of records have to be there; the org judges where they are not. */
  public Hierarchy(boolean writeOnce, int levels) {
    this(writeOnce, levels, Map.of(), Map.of());
  }

  /** The same with other policies. */
  public Hierarchy with(Map<String, OrphanPolicy> policies) {
    return new Hierarchy(writeOnce, levels, policies, fallbacks);
  }
}
