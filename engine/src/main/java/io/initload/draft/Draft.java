package io.initload.draft;

import java.util.List;

/**
 * A first configuration.
 *
 * @param phases in their order; empty where no table can be loaded
 * @param tables in load order, those that cannot be loaded behind
 */
public record Draft(List<String> phases, List<DraftedTable> tables) {
  public Draft {
    phases = List.copyOf(phases);
    tables = List.copyOf(tables);
  }

  /** Those that can be loaded as they stand. */
  public List<DraftedTable> loaded() {
    return tables.stream().filter(DraftedTable::loaded).toList();
  }

  /** Those that cannot. */
  public List<DraftedTable> leftOut() {
    return tables.stream().filter(t -> !t.loaded()).toList();
  }

  /** How many fields are fed with this confidence. */
  public long fields(Confidence confidence) {
    return loaded().stream()
        .flatMap(t -> t.fields().stream())
        .filter(f -> f.reason().confidence() == confidence)
        .count();
  }
}
