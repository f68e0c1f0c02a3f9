package io.initload.draft;

import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.mapping.org.TargetObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Matches the columns of a table to fields of an object by their names, rule by rule. A rule
 * matches what it matches one to one; where it would match one with several, it matches none of
 * them, and says so. One use.
 */
final class FieldMatcher {
  private final SourceTable table;
  private final List<String> tableWords;
  private final List<String> objectWords;
  private final List<TargetField> fields;
  private final Set<String> linking;
  private final Map<String, FieldMatch> matches = new LinkedHashMap<>();
  private final Set<String> fed = new HashSet<>();
  private final Map<String, String> doubts = new HashMap<>();

  /**
   * @param taken fields that are fed otherwise
   */
  FieldMatcher(SourceTable table, TargetObject object, Set<String> taken) {
    this.table = table;
    this.tableWords = Words.of(table.name().table());
    this.objectWords = Words.of(Words.bare(object.name()));
    this.linking = table.linking();
    this.fields =
        object.fields().stream()
            .filter(f -> f.createable() && !taken.contains(f.name()))
            .filter(f -> TargetKind.of(f) != TargetKind.ID && TargetKind.of(f) != TargetKind.NONE)
            .toList();
    for (NameRule rule : NameRule.values()) {
      apply(rule);
    }
  }

  /** By column. */
  Map<String, FieldMatch> matches() {
    return Map.copyOf(matches);
  }

  /** Why a column was not matched though fields are called like it; empty for no such reason. */
  String doubt(String column) {
    return doubts.getOrDefault(column, "");
  }

  private void apply(NameRule rule) {
    Map<SourceColumn, List<TargetField>> found = new LinkedHashMap<>();
    Map<String, Integer> wanted = new HashMap<>();
    for (SourceColumn column : table.shape().columns()) {
      if (!matches.containsKey(column.name()) && looksAt(rule, column)) {
        List<TargetField> candidates = candidates(rule, column);
        found.put(column, candidates);
        candidates.forEach(f -> wanted.merge(f.name(), 1, Integer::sum));
      }
    }
    found.forEach(
        (column, candidates) -> {
          if (candidates.size() == 1
              && Objects.requireNonNull(wanted.get(candidates.get(0).name())) == 1) {
            match(rule, column, candidates.get(0));
          } else if (!candidates.isEmpty()) {
            doubts.putIfAbsent(column.name(), doubt(rule, candidates));
          }
        });
  }

  /** A column that names a row of another table is seldom a value of its own as well. */
  private boolean looksAt(NameRule rule, SourceColumn column) {
    return rule == NameRule.SAME
        || (!linking.contains(column.name()) && (rule != NameRule.TITLE || !named(column)));
  }

  /** Where another column is some name, as of persons, the title is not what rows are called. */
  private boolean named(SourceColumn column) {
    return table.shape().columns().stream()
        .filter(c -> !c.equals(column))
        .map(c -> Words.of(c.name()))
        .anyMatch(words -> words.size() > 1 && words.get(words.size() - 1).equals("name"));
  }

  private List<TargetField> candidates(NameRule rule, SourceColumn column) {
    List<TargetField> candidates = new ArrayList<>();
    for (TargetField field : fields) {
      Fit fit = Fit.of(column, field);
      boolean fits = rule == NameRule.PART ? fit == Fit.ALL : fit != Fit.NONE;
      if (!fed.contains(field.name())
          && fits
          && rule.holds(column.name(), tableWords, field.name(), objectWords)) {
        candidates.add(field);
      }
    }
    return rule == NameRule.PART ? mainOnes(candidates) : candidates;
  }

  /** Of several addresses of a standard object, the one that it is known by. */
  private static List<TargetField> mainOnes(List<TargetField> candidates) {
    List<TargetField> main =
        candidates.stream().filter(f -> f.name().matches("(Billing|Mailing)[A-Z].*")).toList();
    return main.size() == 1 ? main : candidates;
  }

  private void match(NameRule rule, SourceColumn column, TargetField field) {
    Reason reason = rule.reason();
    if (Fit.of(column, field) != Fit.ALL) {
      reason = reason.but("not all values of %s may fit".formatted(column.declared()));
    }
    matches.put(column.name(), new FieldMatch(List.of(column.name()), field.name(), reason));
    fed.add(field.name());
  }

  private static String doubt(NameRule rule, List<TargetField> candidates) {
    String names = String.join(", ", candidates.stream().map(TargetField::name).toList());
    return "%s: %s, which other columns or fields share".formatted(names, rule.reason().text());
  }
}
