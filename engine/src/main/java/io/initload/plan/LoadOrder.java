package io.initload.plan;

import io.initload.Failure;
import io.initload.plan.TableLinks.Lookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * In which order tables are loaded, so that parents are there before their children name them.
 *
 * @param tables names in load order: by phase, inside a phase parents first, else as configured
 * @param deferred lookups that cannot be filled in the first pass: they close a cycle, name their
 *     own table, or a table of a later phase. Their rows are loaded without them first, then once
 *     more with the external id and the lookup alone.
 * @param levelled lookups that name rows of their own table and must be set with the row: its rows
 *     are loaded generation by generation
 */
public record LoadOrder(List<String> tables, List<Lookup> deferred, List<Lookup> levelled) {
  public LoadOrder {
    tables = List.copyOf(tables);
    deferred = List.copyOf(deferred);
    levelled = List.copyOf(levelled);
  }

  /**
   * Orders tables.
   *
   * @throws Failure {@code PLAN_CYCLE} when a lookup that would have to wait is required
   */
  public static LoadOrder of(List<TableLinks> tables) {
    Map<String, TableLinks> byName = new LinkedHashMap<>();
    tables.forEach(t -> byName.put(t.name(), t));
    List<Lookup> deferred = new ArrayList<>();
    List<Lookup> levelled = new ArrayList<>();
    List<String> order = new ArrayList<>();
    tables.stream()
        .map(TableLinks::phase)
        .distinct()
        .sorted()
        .forEach(phase -> phase(phase, byName, order, deferred, levelled));
    return new LoadOrder(order, deferred, levelled);
  }

  private static void phase(
      int phase,
      Map<String, TableLinks> all,
      List<String> order,
      List<Lookup> deferred,
      List<Lookup> levelled) {
    Map<String, List<Lookup>> waiting = new LinkedHashMap<>();
    for (TableLinks table : all.values()) {
      if (table.phase() != phase) {
        continue;
      }
      List<Lookup> open = new ArrayList<>();
      for (Lookup lookup : table.lookups()) {
        TableLinks parent = all.get(lookup.parent());
        if (parent == null || parent.phase() < phase) {
          continue;
        }
        if (parent.name().equals(table.name()) && lookup.required()) {
          levelled.add(lookup);
        } else if (parent.phase() > phase || parent.name().equals(table.name())) {
          deferred.add(deferrable(lookup, all));
        } else {
          open.add(lookup);
        }
      }
      waiting.put(table.name(), open);
    }
    while (!waiting.isEmpty()) {
      String next =
          waiting.entrySet().stream()
              .filter(e -> e.getValue().stream().noneMatch(l -> waiting.containsKey(l.parent())))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElseGet(() -> broken(waiting, all, deferred));
      waiting.remove(next);
      order.add(next);
    }
  }

  /**
   * Every table left waits for another: takes one of a cycle whose open lookups may all be left
   * empty at first, the one with the fewest of them.
   */
  private static String broken(
      Map<String, List<Lookup>> waiting, Map<String, TableLinks> all, List<Lookup> deferred) {
    Map<String, List<Lookup>> blocking = new HashMap<>();
    waiting.forEach(
        (name, lookups) -> {
          if (reaches(name, name, waiting)) {
            blocking.put(
                name, lookups.stream().filter(l -> waiting.containsKey(l.parent())).toList());
          }
        });
    String chosen =
        waiting.keySet().stream()
            .filter(blocking::containsKey)
            .filter(n -> lookups(blocking, n).stream().noneMatch(Lookup::required))
            .min(
                (a, b) -> Integer.compare(lookups(blocking, a).size(), lookups(blocking, b).size()))
            .orElseThrow(() -> new RequiredLookups(all.values()).circleAmong(waiting.keySet()));
    deferred.addAll(lookups(blocking, chosen));
    return chosen;
  }

  private static List<Lookup> lookups(Map<String, List<Lookup>> of, String name) {
    return Objects.requireNonNull(of.get(name));
  }

  private static boolean reaches(String from, String to, Map<String, List<Lookup>> waiting) {
    List<String> open = new ArrayList<>(List.of(from));
    List<String> seen = new ArrayList<>();
    while (!open.isEmpty()) {
      String at = open.remove(open.size() - 1);
      for (Lookup lookup : waiting.getOrDefault(at, List.of())) {
        if (lookup.parent().equals(to)) {
          return true;
        }
        if (waiting.containsKey(lookup.parent()) && !seen.contains(lookup.parent())) {
          seen.add(lookup.parent());
          open.add(lookup.parent());
        }
      }
    }
    return false;
  }

  private static Lookup deferrable(Lookup lookup, Map<String, TableLinks> all) {
    if (lookup.required()) {
      throw new RequiredLookups(all.values()).cannotWait(lookup);
    }
    return lookup;
  }
}
