package io.initload.pipeline.work;

import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a migration to run.
 *
 * @param tables names of tables; empty for all
 * @param phases names of phases; empty for all
 * @param whenExhausted what to do when a daily allowance is used up
 * @param everywhere whether also to take over what another host staged, though processes work
 *     there: an orchestrator gives each of them other work
 */
public record RunOptions(
    Set<String> tables, Set<String> phases, WhenExhausted whenExhausted, boolean everywhere) {
  public RunOptions {
    tables = Set.copyOf(tables);
    phases = Set.copyOf(phases);
  }

  /** For people: each machine keeps to what it staged while it works. */
  public RunOptions(Set<String> tables, Set<String> phases, WhenExhausted whenExhausted) {
    this(tables, phases, whenExhausted, false);
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

  /** Whether everything is asked for, not some tables or phases. */
  public boolean whole() {
    return tables.isEmpty() && phases.isEmpty();
  }

  /** The names of the tables of a migration that are asked for; empty for all. */
  public Set<String> names(MigrationConfig config) {
    return whole()
        ? Set.of()
        : config.tables().stream()
            .filter(t -> chooses(t.name(), t.phase()))
            .map(TableConfig::name)
            .collect(Collectors.toUnmodifiableSet());
  }

  public boolean chooses(String table, String phase) {
    return (tables.isEmpty() || tables.contains(table))
        && (phases.isEmpty() || phases.contains(phase));
  }
}
