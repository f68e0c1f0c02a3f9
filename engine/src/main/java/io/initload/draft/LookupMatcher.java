package io.initload.draft;

import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.source.TableShape.ForeignKey;
import java.util.List;
import java.util.Optional;

/** Finds the lookup of an object that a foreign key fills. */
final class LookupMatcher {
  private final TargetObject object;

  LookupMatcher(TargetObject object) {
    this.object = object;
  }

  private List<TargetField> leadingTo(String parent) {
    return object.fields().stream()
        .filter(f -> f.createable() && f.referenceTo().stream().anyMatch(parent::equalsIgnoreCase))
        .filter(f -> !f.name().equals("OwnerId") && !f.relationshipName().isEmpty())
        .toList();
  }

  /**
   * The lookup for a foreign key.
   *
   * @param parent what is drafted of the table that it names
   * @param siblings foreign keys of the table that lead to the same object, this one among them
   */
  Optional<FieldMatch> match(ForeignKey key, Parent parent, List<ForeignKey> siblings) {
    if (!parent.namedBy(key)) {
      return Optional.empty();
    }
    List<TargetField> leading = leadingTo(parent.object());
    List<TargetField> called =
        leading.stream().filter(f -> LookupNames.called(key, f.name())).toList();
    if (called.size() == 1) {
      return Optional.of(
          match(
              key, called.get(0), parent, new Reason(Confidence.CERTAIN, "the lookup called so")));
    }
    List<TargetField> free =
        leading.stream()
            .filter(f -> siblings.stream().noneMatch(s -> LookupNames.called(s, f.name())))
            .toList();
    List<TargetField> partly =
        free.stream().filter(f -> LookupNames.partly(key, f.name())).toList();
    if (partly.size() == 1) {
      return Optional.of(
          match(
              key,
              partly.get(0),
              parent,
              new Reason(Confidence.LIKELY, "the lookup whose name says most of it")));
    }
    long open =
        siblings.stream()
            .filter(s -> leading.stream().noneMatch(f -> LookupNames.called(s, f.name())))
            .count();
    return free.size() == 1 && open == 1
        ? Optional.of(
            match(
                key,
                free.get(0),
                parent,
                new Reason(Confidence.LIKELY, "the only lookup that leads to " + parent.object())))
        : Optional.empty();
  }

  /**
   * What a foreign key needs to know of the table it names.
   *
   * @param key the columns that its external id is made of
   * @param reason why its rows are in that object
   */
  record Parent(String object, String externalId, List<String> key, Reason reason) {
    /** Whether a foreign key has all that the external id is made of, and no more. */
    boolean namedBy(ForeignKey foreign) {
      return foreign.parentColumns().size() == key.size()
          && foreign.parentColumns().containsAll(key);
    }

    /** The columns of the foreign key in the order of the external id. */
    List<String> ordered(ForeignKey foreign) {
      return key.stream()
          .map(column -> foreign.columns().get(foreign.parentColumns().indexOf(column)))
          .toList();
    }
  }

  private FieldMatch match(ForeignKey key, TargetField lookup, Parent parent, Reason reason) {
    boolean several = lookup.polymorphic() || lookup.referenceTo().size() > 1;
    FieldPath path =
        new FieldPath(
            several ? parent.object() : "", lookup.relationshipName(), parent.externalId());
    String text = "foreign key %s to %s, %s".formatted(key.name(), key.parent(), reason.text());
    return new FieldMatch(
        parent.ordered(key),
        path.toString(),
        new Reason(reason.confidence(), text).under(parent.reason()));
  }
}
