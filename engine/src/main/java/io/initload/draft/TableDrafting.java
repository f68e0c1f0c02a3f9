package io.initload.draft;

import io.initload.config.SourceName;
import io.initload.draft.LookupMatcher.Parent;
import io.initload.draft.ObjectMatcher.Pick;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.source.TableShape.ForeignKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Drafts one table whose object is found. One use. */
final class TableDrafting {
  private final SourceTable table;
  private final TargetObject object;
  private final Reason match;
  private final Optional<FieldMatch> key;
  private final Map<SourceName, Parent> parents;
  private final Set<SourceName> lookedUp = new HashSet<>();
  private final List<FieldMatch> fields = new ArrayList<>();
  private final List<FieldMatch> proposals = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();

  /**
   * @param parents tables that are loaded
   */
  TableDrafting(
      SourceTable table, Pick pick, Optional<FieldMatch> key, Map<SourceName, Parent> parents) {
    this.table = table;
    this.object = pick.object();
    this.match = pick.reason();
    this.key = key;
    this.parents = parents;
  }

  DraftNode draft(String obstacle, boolean keyMade) {
    Set<String> fed = new HashSet<>();
    key.ifPresent(k -> fed.add(k.field()));
    table.foreignKeys().forEach(this::lookup);
    fields.forEach(f -> fed.add(fieldOf(f)));
    FieldMatcher matcher = new FieldMatcher(table, object, fed);
    matcher.matches().values().forEach(this::take);
    fields.forEach(f -> fed.add(fieldOf(f)));
    table.shape().columns().forEach(column -> gap(column, matcher));
    fields.sort(Comparator.comparingInt(this::position));
    String missing = obstacle.isEmpty() ? missing(fed) : obstacle;
    return new DraftNode(
        new DraftedTable(
            table.name(),
            object.name(),
            match,
            table.shape().rowEstimate(),
            "",
            key,
            keyMade,
            fields,
            proposals,
            gaps,
            missing),
        lookedUp);
  }

  private void lookup(ForeignKey foreign) {
    Parent parent = parents.get(foreign.parent());
    if (parent == null) {
      gaps.add(
          "%s names rows of %s, which are not loaded"
              .formatted(String.join(" + ", foreign.columns()), foreign.parent()));
      return;
    }
    List<ForeignKey> siblings =
        table.foreignKeys().stream()
            .filter(f -> parents.containsKey(f.parent()))
            .filter(f -> leadsTo(f, parent.object()))
            .toList();
    Optional<FieldMatch> found = new LookupMatcher(object).match(foreign, parent, siblings);
    if (found.isPresent() && fields.stream().noneMatch(f -> same(f, found.get()))) {
      fields.add(found.get().under(match));
      lookedUp.add(foreign.parent());
    } else {
      gaps.add(
          "%s names rows of %s, but no lookup of %s to %s is called so that it must be meant"
              .formatted(
                  String.join(" + ", foreign.columns()),
                  foreign.parent(),
                  object.name(),
                  parent.object()));
    }
  }

  private boolean leadsTo(ForeignKey foreign, String parentObject) {
    Parent parent = parents.get(foreign.parent());
    return parent != null && parent.object().equals(parentObject);
  }

  private boolean same(FieldMatch one, FieldMatch other) {
    return fieldOf(one).equals(fieldOf(other));
  }

  private void take(FieldMatch found) {
    FieldMatch sure = found.under(match);
    boolean needed = required(found.field());
    if (sure.reason().confidence() == Confidence.POSSIBLE && !needed) {
      proposals.add(sure);
    } else {
      fields.add(sure);
    }
  }

  /** A column that nothing is made of, with what speaks against what may be meant. */
  private void gap(SourceColumn column, FieldMatcher matcher) {
    String name = column.name();
    boolean used =
        key.map(k -> k.columns().contains(name)).orElse(false)
            || fields.stream().anyMatch(f -> f.columns().contains(name))
            || proposals.stream().anyMatch(f -> f.columns().contains(name))
            || table.foreignKeys().stream().anyMatch(f -> f.columns().contains(name));
    if (!used) {
      gaps.add(
          "%s %s %s".formatted(name, column.declared(), why(column, matcher.doubt(column.name()))));
    }
  }

  private String why(SourceColumn column, String doubt) {
    if (!Fit.loadable(column)) {
      return "cannot be loaded: the Bulk API's CSV has no form for it";
    }
    return doubt.isEmpty()
        ? "has no field: none of %s that can be written is called like it".formatted(object.name())
        : "may be meant for " + doubt;
  }

  private String missing(Set<String> fed) {
    List<String> missing =
        object.fields().stream()
            .map(TargetField::name)
            .filter(field -> required(field) && !fed.contains(field))
            .toList();
    return missing.isEmpty()
        ? ""
        : "%s requires %s, which nothing feeds"
            .formatted(object.name(), String.join(", ", missing));
  }

  private String fieldOf(FieldMatch found) {
    FieldPath path = FieldPath.parse(found.field());
    return path.isParent()
        ? object.relationship(path.relationship()).map(TargetField::name).orElse(found.field())
        : found.field();
  }

  private int position(FieldMatch found) {
    List<String> names = table.shape().columns().stream().map(SourceColumn::name).toList();
    return names.indexOf(found.columns().get(0));
  }

  private boolean required(String field) {
    return object
        .field(field)
        .map(f -> f.createable() && !f.nillable() && !f.defaultedOnCreate())
        .orElse(false);
  }
}
