package io.initload.config;

import java.util.Map;

/**
 * How often rows are written, and how those are that name other rows.
 *
 * @param writing how often; where it is once a second pass cannot set what the first left out
 * @param levels rows that are written once and name rows of their own table are loaded parents
 *     first, in at most so many steps
 * @param orphans what becomes of rows whose parents are not there, by lookup; of others the org
 *     judges
 * @param fallbacks who stands for users, queues and record types that the org does not have, by
 *     lookup
 */
public record Hierarchy(
    Writing writing, int levels, Map<String, OrphanPolicy> orphans, Map<String, String> fallbacks) {
  /** As the org's describes say, ten levels deep. */
  public static final Hierarchy DEFAULT = new Hierarchy(false, 10);

  public Hierarchy {
    orphans = Map.copyOf(orphans);
    fallbacks = Map.copyOf(fallbacks);
  }

  /** Names of records have to be there; the org judges where they are not. */
  public Hierarchy(boolean writeOnce, int levels) {
    this(writeOnce ? Writing.ONCE : Writing.AGAIN, levels, Map.of(), Map.of());
  }

  /** How often a row may be written. */
  public enum Writing {
    /** Any number of times, by an upsert on its external id. */
    AGAIN,
    /** Once, by an upsert all the same, which may be repeated when its answer is lost. */
    ONCE,
    /** Once, by an insert: nothing keeps the org from making a second record of a second one. */
    INSERTED
  }

  /** Whether a second pass over rows is none. */
  public boolean writeOnce() {
    return writing != Writing.AGAIN;
  }

  /** The same, written another way. */
  public Hierarchy written(Writing other) {
    return new Hierarchy(other, levels, orphans, fallbacks);
  }

  /** The same with other policies. */
  public Hierarchy with(Map<String, OrphanPolicy> policies) {
    return new Hierarchy(writing, levels, policies, fallbacks);
  }
}
