package io.initload.pipeline;

import java.util.Set;

/**
 * What of a migration to run.
 *
 * @param tables names of tables; empty for all
 * @param phases names of phases; empty for all
 * @param whenExhausted what to do when a daily allowance is used up
 */
public record RunOptions(Set<String> tables, Set<String> phases, WhenExhausted whenExhausted) {
  public RunOptions {
    tables = Set.copyOf(tables);
    phases = Set.copyOf(phases);
  }

  /** What to do when a daily allowance is used up. */
  public enum WhenExhausted {
    /** Wait until enough of it is free. */
    WAIT,
    /** Stop, resumable, naming the time at which to go on. */
    STOP
  }

  /** All tables, waiting for the allowance. */
  public static RunOptions all() {
    return new RunOptions(Set.of(), Set.of(), WhenExhausted.WAIT);
  }

  boolean chooses(String table, String phase) {
    return (tables.isEmpty() || tables.contains(table))
        && (phases.isEmpty() || phases.contains(phase));
  }
}
