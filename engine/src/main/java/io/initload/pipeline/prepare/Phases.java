package io.initload.pipeline.prepare;

import io.initload.config.MigrationConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of a migration in load order: phase by phase, and inside a phase group by group.
 *
 * @param phases in the order of the configuration; one may be empty
 */
public record Phases(List<Phase> phases) {
  /**
   * Places in the load order that each phase has; more than tables that look each other up in a
   * chain. A place follows from what a table looks up alone, so that processes which plan a table
   * each agree.
   */
  private static final int PLACES = 10_000;

  public Phases {
    phases = List.copyOf(phases);
  }

  /** Tables that may begin when the phases before have closed their books. */
  public record Phase(String name, List<Group> groups) {
    public Phase {
      groups = List.copyOf(groups);
    }
  }

  /**
   * Tables that move side by side: none looks another one up.
   *
   * @param place in the load order of the whole migration
   * @param tables may be empty, where a group's tables were not chosen
   */
  public record Group(int place, List<Prepared> tables) {
    public Group {
      tables = List.copyOf(tables);
    }
  }

  /** Adds a phase behind the others. */
  public Phases and(String name, List<List<Prepared>> groups) {
    int first = phases.size() * PLACES + 1;
    List<Group> placed = new ArrayList<>();
    groups.forEach(tables -> placed.add(new Group(first + placed.size(), tables)));
    List<Phase> all = new ArrayList<>(phases);
    all.add(new Phase(name, placed));
    return new Phases(all);
  }

  /** Whether all tables of a migration are in it. */
  public boolean whole(MigrationConfig config) {
    return tables().stream().map(Prepared::table).distinct().count() == config.tables().size();
  }

  /** The groups of all phases, in load order. */
  public List<Group> groups() {
    return phases.stream().flatMap(phase -> phase.groups().stream()).toList();
  }

  /** The passes alone, in load order. */
  public List<Prepared> tables() {
    return groups().stream().flatMap(group -> group.tables().stream()).toList();
  }
}
