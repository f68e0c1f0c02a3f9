package io.initload.plan;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.plan.TableLinks.Lookup;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The lookups that cannot be set later, and why one of them cannot be served. */
final class RequiredLookups {
  private static final String LATER =
      "so that it need not be given with the row and can be set later: the second pass of %s sets"
          + " it.";

  private final Map<String, List<Lookup>> of = new LinkedHashMap<>();

  RequiredLookups(Collection<TableLinks> tables) {
    for (TableLinks table : tables) {
      of.put(table.name(), table.lookups().stream().filter(Lookup::required).toList());
    }
  }

  /**
   * Of tables that all wait for another one: there is a circle of lookups that cannot be set later,
   * or one of the tables could begin.
   */
  Failure circleAmong(Collection<String> waiting) {
    return of.values().stream()
        .flatMap(List::stream)
        .filter(lookup -> waiting.contains(lookup.table()))
        .filter(lookup -> !way(lookup.parent(), lookup.table()).isEmpty())
        .findFirst()
        .map(this::cannotWait)
        .orElseThrow();
  }

  /**
   * Why a lookup cannot be served, with what helps in its case: it closes a circle of tables, or
   * leads to a table of a later phase.
   */
  Failure cannotWait(Lookup lookup) {
    List<Lookup> back = way(lookup.parent(), lookup.table());
    if (!back.isEmpty()) {
      return failure(
          "These tables require one another and none can be loaded first: %s."
              .formatted(
                  Stream.concat(Stream.of(lookup), back.stream())
                      .map(l -> "%s.%s -> %s".formatted(l.table(), l.field(), l.parent()))
                      .collect(Collectors.joining(", "))),
          "Make one of these lookups optional in the org, and no master-detail, "
              + LATER.formatted("its table")
              + " No order of phases helps.");
    }
    return failure(
        "%s must name a row of %s when it is loaded, and that table is of a later phase."
            .formatted(lookup.table() + "." + lookup.field(), lookup.parent()),
        "Put %s into the phase of %s or an earlier one."
            .formatted(lookup.parent(), lookup.table()));
  }

  private static Failure failure(String message, String remedy) {
    return new Failure(Kind.CONFIGURATION, "PLAN_CYCLE", message, remedy);
  }

  /** The shortest way from one table to another one; empty where there is none. */
  private List<Lookup> way(String from, String to) {
    Map<String, List<Lookup>> ways = new LinkedHashMap<>();
    ways.put(from, List.of());
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !ways.containsKey(to)) {
      String at = open.remove();
      List<Lookup> way = ways.getOrDefault(at, List.of());
      for (Lookup lookup : of.getOrDefault(at, List.of())) {
        if (ways.putIfAbsent(
                lookup.parent(), Stream.concat(way.stream(), Stream.of(lookup)).toList())
            == null) {
          open.add(lookup.parent());
        }
      }
    }
    return ways.getOrDefault(to, List.of());
  }
}
