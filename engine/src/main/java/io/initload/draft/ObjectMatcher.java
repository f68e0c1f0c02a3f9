package io.initload.draft;

import io.initload.config.SourceName;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.source.TableShape.ForeignKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the object for the rows of each table: by its name, and by whose fields its columns know.
 */
final class ObjectMatcher {
  /** From this share of known columns on they speak for the object. */
  private static final double MOST = 0.5;

  private final List<TargetObject> objects;
  private final Map<SourceName, String> chosen;

  /**
   * @param chosen what a person said, by table
   */
  ObjectMatcher(List<TargetObject> objects, Map<SourceName, String> chosen) {
    this.objects = objects;
    this.chosen = chosen;
  }

  /** An object for a table. */
  record Pick(TargetObject object, Reason reason, double known) {}

  /** Empty where no object is called in a way that says that it may be meant. */
  Optional<Pick> match(SourceTable table) {
    String wanted = chosen.get(table.name());
    if (wanted != null) {
      return objects.stream()
          .filter(o -> o.name().equalsIgnoreCase(wanted))
          .findFirst()
          .map(o -> new Pick(o, new Reason(Confidence.CERTAIN, "chosen"), 1));
    }
    List<Pick> picks = new ArrayList<>();
    for (TargetObject object : objects) {
      ObjectNames.compare(table.name(), object.name())
          .ifPresent(reason -> picks.add(judged(table, object, reason)));
    }
    picks.sort(
        Comparator.comparing((Pick p) -> p.reason.confidence())
            .thenComparing(Pick::known)
            .reversed()
            .thenComparing(p -> p.object.name()));
    return picks.isEmpty() ? Optional.empty() : Optional.of(amongOthers(picks));
  }

  /** Where another one is as good, nobody can be sure. */
  private static Pick amongOthers(List<Pick> picks) {
    Pick best = picks.get(0);
    List<String> equals =
        picks.stream()
            .skip(1)
            .filter(p -> p.reason.confidence() == best.reason.confidence())
            .filter(p -> p.known > best.known - 0.2)
            .map(p -> p.object.name())
            .toList();
    return equals.isEmpty()
        ? best
        : new Pick(
            best.object,
            best.reason.but("%s may be meant as well".formatted(String.join(", ", equals))),
            best.known);
  }

  private static Pick judged(SourceTable table, TargetObject object, Reason reason) {
    int columns = table.plain().size() + table.foreignKeys().size();
    double known = columns == 0 ? 1 : (double) known(table, object) / columns;
    String words =
        "%s, %.0f%% of the columns are known there".formatted(reason.text(), 100 * known);
    Confidence confidence = reason.confidence();
    if (confidence == Confidence.CERTAIN && known < MOST) {
      confidence = Confidence.LIKELY;
    } else if (confidence == Confidence.POSSIBLE && known >= MOST) {
      confidence = Confidence.LIKELY;
    }
    return new Pick(object, new Reason(confidence, words), known);
  }

  private static long known(SourceTable table, TargetObject object) {
    Map<String, FieldMatch> matches = new FieldMatcher(table, object, Set.of()).matches();
    long plain =
        table.plain().stream().map(SourceColumn::name).filter(matches::containsKey).count();
    return plain + table.foreignKeys().stream().filter(key -> looksUp(object, key)).count();
  }

  private static boolean looksUp(TargetObject object, ForeignKey key) {
    return object.fields().stream()
        .filter(f -> !f.referenceTo().isEmpty() && f.createable())
        .map(TargetField::name)
        .anyMatch(field -> LookupNames.called(key, field));
  }
}
