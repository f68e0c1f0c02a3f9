package io.initload.draft;

import io.initload.config.SourceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Phases and order by dependencies and size. No table stands in a phase before that of a parent:
 * what small tables alone depend on comes first, what nothing depends on comes last.
 */
final class DraftOrder {
  private static final String REFERENCE = "reference";
  private static final String MASTER = "master";
  private static final String DETAIL = "detail";

  /** Up to so many rows, by the statistics, a table is a small one. */
  private static final long SMALL = 10_000;

  private final Map<SourceName, DraftNode> tables = new LinkedHashMap<>();
  private final Map<SourceName, Integer> depths = new HashMap<>();

  private DraftOrder(List<DraftNode> drafted) {
    drafted.stream()
        .filter(d -> d.table().loaded())
        .forEach(d -> tables.put(d.table().source(), d));
    tables.keySet().forEach(name -> depth(name, new HashSet<>()));
  }

  static Draft of(List<DraftNode> drafted) {
    DraftOrder order = new DraftOrder(drafted);
    List<DraftedTable> loaded =
        order.tables.values().stream()
            .map(d -> d.table().in(order.phase(d)))
            .sorted(
                Comparator.comparing((DraftedTable t) -> PHASES.indexOf(t.phase()))
                    .thenComparing(t -> Objects.requireNonNull(order.depths.get(t.source())))
                    .thenComparing(Comparator.comparingLong(DraftedTable::rows).reversed()))
            .toList();
    List<String> phases =
        PHASES.stream().filter(p -> loaded.stream().anyMatch(t -> t.phase().equals(p))).toList();
    List<DraftedTable> all = new ArrayList<>(loaded);
    drafted.stream().map(DraftNode::table).filter(t -> !t.loaded()).forEach(all::add);
    return new Draft(phases, all);
  }

  private static final List<String> PHASES = List.of(REFERENCE, MASTER, DETAIL);

  private String phase(DraftNode table) {
    boolean parent =
        others(table).anyMatch(other -> other.parents().contains(table.table().source()));
    if (!parent && !table.parents().isEmpty()) {
      return DETAIL;
    }
    return reference(table, new HashSet<>()) ? REFERENCE : MASTER;
  }

  private Stream<DraftNode> others(DraftNode table) {
    return tables.values().stream()
        .filter(other -> !other.table().source().equals(table.table().source()));
  }

  /** Small, and so are all that it depends on; of unknown size only what depends on nothing. */
  private boolean reference(DraftNode table, Set<SourceName> seen) {
    long rows = table.table().rows();
    boolean small = rows < 0 ? table.parents().isEmpty() : rows <= SMALL;
    return small
        && seen.add(table.table().source())
        && table.parents().stream()
            .allMatch(p -> reference(Objects.requireNonNull(tables.get(p)), new HashSet<>(seen)));
  }

  /** How many tables stand above it; of a circle, as far as it was not come by before. */
  private int depth(SourceName name, Set<SourceName> above) {
    Integer known = depths.get(name);
    if (known != null || !above.add(name)) {
      return known == null ? 0 : known;
    }
    int depth = 0;
    for (SourceName parent : Objects.requireNonNull(tables.get(name)).parents()) {
      if (!parent.equals(name)) {
        depth = Math.max(depth, 1 + depth(parent, above));
      }
    }
    above.remove(name);
    depths.put(name, depth);
    return depth;
  }
}
