package io.initload.draft;

import io.initload.config.SourceName;
import io.initload.draft.LookupMatcher.Parent;
import io.initload.draft.ObjectMatcher.Pick;
import io.initload.mapping.org.TargetObject;
import io.initload.source.TableShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Drafts a configuration of tables and objects. What stands in the way of one table is said of it
 * and keeps no other from being drafted, but for those that cannot do without its rows. One use.
 */
public final class Drafting {
  private final List<SourceTable> tables;
  private final boolean make;
  private final Map<SourceName, Pick> picks = new LinkedHashMap<>();
  private final Map<SourceName, FieldMatch> keys = new HashMap<>();
  private final Set<SourceName> made = new HashSet<>();
  private final Map<SourceName, String> obstacles = new LinkedHashMap<>();

  private Drafting(List<SourceTable> tables, boolean make) {
    this.tables = tables;
    this.make = make;
  }

  /** Of these objects those that these tables may be meant for: the others need no describe. */
  public static Set<String> candidates(List<SourceName> tables, List<String> objects) {
    return ObjectNames.candidates(tables, objects);
  }

  /**
   * Drafts.
   *
   * @param tables all that is to be loaded
   * @param objects those that {@link #candidates} named, and those that are chosen
   * @param chosen the object of a table by a person's word
   * @param make whether external ids that the org lacks will be made there
   */
  public static Draft of(
      List<SourceTable> tables,
      List<TargetObject> objects,
      Map<SourceName, String> chosen,
      boolean make) {
    Drafting drafting = new Drafting(tables, make);
    ObjectMatcher matcher = new ObjectMatcher(objects, chosen);
    tables.forEach(t -> matcher.match(t).ifPresent(pick -> drafting.picks.put(t.name(), pick)));
    drafting.keys();
    return DraftOrder.of(drafting.settled());
  }

  /** Surest first: rows of two tables in one object must not share external ids. */
  private void keys() {
    Map<String, Set<String>> taken = new HashMap<>();
    List<SourceTable> surest = new ArrayList<>(tables);
    surest.sort(Comparator.comparing(this::confidence).reversed());
    for (SourceTable table : surest) {
      Pick pick = picks.get(table.name());
      Optional<List<String>> columns = table.key();
      if (pick == null) {
        obstacles.put(table.name(), "no object of the org is called like it");
      } else if (columns.isEmpty()) {
        obstacles.put(
            table.name(),
            "it has no primary key, and no unique one without nulls, to tell its rows apart");
      } else {
        key(table, pick, columns.get(), taken);
      }
      if (pick != null && pick.reason().confidence() == Confidence.POSSIBLE) {
        obstacles.put(table.name(), "%s is no more than possible".formatted(pick.object().name()));
      }
    }
  }

  private Confidence confidence(SourceTable table) {
    return Optional.ofNullable(picks.get(table.name()))
        .map(pick -> pick.reason().confidence())
        .orElse(Confidence.POSSIBLE);
  }

  private void key(
      SourceTable table, Pick pick, List<String> columns, Map<String, Set<String>> taken) {
    String object = pick.object().name();
    Set<String> others = taken.computeIfAbsent(object, o -> new HashSet<>());
    KeyChoice choice = new KeyChoice(table, pick.object(), columns);
    Optional<FieldMatch> found = choice.among(others);
    if (found.isEmpty() && make && !others.contains(choice.made().field())) {
      made.add(table.name());
      found = Optional.of(choice.made());
    }
    if (found.isPresent()) {
      keys.put(table.name(), found.get());
      others.add(found.get().field());
    } else {
      obstacles.put(
          table.name(),
          others.isEmpty()
              ? "%s has no external id that its key %s can feed"
                  .formatted(object, String.join(" + ", columns))
              : "%s has no external id of its own for it: rows of another table are known by %s"
                  .formatted(object, String.join(", ", others)));
    }
  }

  /** Tables that need rows of tables that are not loaded are not loaded either, and so on. */
  private List<DraftNode> settled() {
    List<DraftNode> drafted = drafted();
    while (obstacles.size() < drafted.stream().filter(d -> !d.table().loaded()).count()) {
      for (DraftNode each : drafted) {
        if (!each.table().loaded()) {
          obstacles.put(each.table().source(), each.table().obstacle());
        }
      }
      drafted = drafted();
    }
    return drafted;
  }

  private List<DraftNode> drafted() {
    Map<SourceName, Parent> parents = new HashMap<>();
    for (SourceTable table : tables) {
      Pick pick = picks.get(table.name());
      FieldMatch key = keys.get(table.name());
      if (pick != null && key != null && !obstacles.containsKey(table.name())) {
        parents.put(
            table.name(),
            new Parent(pick.object().name(), key.field(), key.columns(), pick.reason()));
      }
    }
    return tables.stream().map(table -> drafted(table, parents)).toList();
  }

  private DraftNode drafted(SourceTable table, Map<SourceName, Parent> parents) {
    Pick pick = picks.get(table.name());
    if (pick == null) {
      return new DraftNode(unmatched(table.shape()), Set.of());
    }
    return new TableDrafting(table, pick, Optional.ofNullable(keys.get(table.name())), parents)
        .draft(obstacles.getOrDefault(table.name(), ""), made.contains(table.name()));
  }

  private DraftedTable unmatched(TableShape shape) {
    return new DraftedTable(
        shape.name(),
        "",
        new Reason(Confidence.POSSIBLE, ""),
        shape.rowEstimate(),
        "",
        Optional.empty(),
        false,
        List.of(),
        List.of(),
        List.of(),
        Objects.requireNonNull(obstacles.get(shape.name())));
  }
}
