package io.initload.mapping;

import io.initload.config.Nearest;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.mapping.org.TargetObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds the field that a mapping names, of the object itself or of a parent. */
final class TargetResolver {
  /**
   * A CSV column.
   *
   * @param header its name, as the describe documents spell it
   * @param field the field whose type the values must have
   * @param written the field of the object itself that is set: a lookup when {@code field} is a
   *     parent's
   */
  record Target(String header, TargetField field, TargetField written) {}

  private static final String HIDDEN =
      "Check the name; a field the user may not see (field-level security) looks unknown too.";

  private final TargetObject object;
  private final Function<String, Optional<TargetObject>> parents;
  private final Findings findings;

  TargetResolver(
      TargetObject object, Function<String, Optional<TargetObject>> parents, Findings findings) {
    this.object = object;
    this.parents = parents;
    this.findings = findings;
  }

  /** The column for {@code Field}, {@code Rel.Field} or {@code Type:Rel.Field}. */
  Optional<Target> resolve(String name) {
    return name.contains(".") ? parent(FieldPath.parse(name)) : own(name);
  }

  private Optional<Target> own(String name) {
    Optional<TargetField> found = object.field(name);
    if (found.isEmpty()) {
      List<String> names = object.fields().stream().map(TargetField::name).toList();
      findings.error(
          "FIELD_UNKNOWN",
          "%s has no field %s%s.".formatted(object.name(), name, Nearest.hint(name, names)),
          HIDDEN);
      return Optional.empty();
    }
    TargetField field = found.get();
    if (TargetKind.of(field) == TargetKind.NONE) {
      findings.error(
          "FIELD_NOT_LOADABLE",
          "A field of type %s cannot be loaded from CSV.".formatted(field.type()),
          "Map the fields it is made of, or leave it out.");
      return Optional.empty();
    }
    return writable(field) ? Optional.of(new Target(field.name(), field, field)) : Optional.empty();
  }

  private Optional<Target> parent(FieldPath path) {
    Optional<TargetField> lookup = object.relationship(path.relationship());
    if (lookup.isEmpty()) {
      unknownRelationship(path.relationship());
      return Optional.empty();
    }
    TargetField reference = lookup.get();
    return parentName(path.type(), reference)
        .filter(parent -> writable(reference))
        .flatMap(parent -> parentKey(parent, path.field()))
        .map(
            field ->
                new Target(
                    new FieldPath(path.type(), reference.relationshipName(), field.name())
                        .toString(),
                    field,
                    reference));
  }

  private void unknownRelationship(String relationship) {
    List<String> names =
        object.fields().stream()
            .map(TargetField::relationshipName)
            .filter(name -> !name.isEmpty())
            .toList();
    String hint =
        object
            .field(relationship)
            .map(TargetField::relationshipName)
            .filter(name -> !name.isEmpty())
            .map(name -> "; did you mean " + name + "?")
            .orElseGet(() -> Nearest.hint(relationship, names));
    findings.error(
        "RELATIONSHIP_UNKNOWN",
        "%s has no relationship %s%s.".formatted(object.name(), relationship, hint),
        "Custom lookups end in __r here, standard ones have no Id at the end; " + HIDDEN);
  }

  /** The object a lookup leads to, by the rules of the prefix. */
  private Optional<String> parentName(String type, TargetField reference) {
    List<String> allowed = reference.referenceTo();
    if (allowed.isEmpty()) {
      findings.error(
          "RELATIONSHIP_UNKNOWN",
          reference.name() + " leads to no object.",
          "Map another field of " + object.name() + ".");
      return Optional.empty();
    }
    if (reference.polymorphic() || allowed.size() > 1) {
      Optional<String> parent = allowed.stream().filter(type::equalsIgnoreCase).findFirst();
      if (parent.isEmpty()) {
        findings.error(
            "RELATIONSHIP_PREFIX",
            "%s leads to %s, so the column must say to which."
                .formatted(reference.name(), String.join(", ", allowed)),
            "Write %s:%s.Field.".formatted(allowed.get(0), reference.relationshipName()));
      }
      return parent;
    }
    if (!type.isEmpty()) {
      findings.error(
          "RELATIONSHIP_PREFIX",
          "%s leads to %s only, so that a prefix is an error to Salesforce."
              .formatted(reference.name(), allowed.get(0)),
          "Write %s.Field.".formatted(reference.relationshipName()));
      return Optional.empty();
    }
    return Optional.of(allowed.get(0));
  }

  private Optional<TargetField> parentKey(String parent, String key) {
    Optional<TargetObject> described =
        parent.equals(object.name()) ? Optional.of(object) : parents.apply(parent);
    if (described.isEmpty()) {
      findings.error(
          "PARENT_UNKNOWN",
          "The parent object " + parent + " cannot be described.",
          "Give the user of the migration the right to read " + parent + ".");
      return Optional.empty();
    }
    List<TargetField> fields = described.get().fields();
    Optional<TargetField> found = described.get().field(key);
    if (found.isEmpty()) {
      List<String> names = fields.stream().map(TargetField::name).toList();
      findings.error(
          "FIELD_UNKNOWN",
          "The parent %s has no field %s%s.".formatted(parent, key, Nearest.hint(key, names)),
          HIDDEN);
      return Optional.empty();
    }
    TargetField field = found.get();
    if (!field.externalId() && !field.idLookup()) {
      List<String> keys =
          fields.stream()
              .filter(f -> f.externalId() || f.idLookup())
              .map(TargetField::name)
              .toList();
      findings.error(
          "PARENT_KEY_NOT_ONE",
          "%s.%s does not identify a parent: it is no external id.".formatted(parent, field.name()),
          "Name one of %s, or make the field an external id.".formatted(String.join(", ", keys)));
      return Optional.empty();
    }
    if (!field.unique() && !field.type().equals("id")) {
      findings.warning(
          "PARENT_KEY_NOT_UNIQUE",
          "%s.%s is not unique: rows whose parent exists twice are rejected."
              .formatted(parent, field.name()),
          "Make the field unique before the load.");
    }
    return Optional.of(field);
  }

  private boolean writable(TargetField field) {
    if (!field.createable()) {
      findings.error(
          "FIELD_NOT_WRITABLE",
          "%s cannot be set on create.".formatted(field.name()),
          "Give the user of the migration the right to edit the field, or leave it out;"
              + " formulas, roll-ups and auto-numbers can never be set.");
      return false;
    }
    if (!field.updateable()) {
      findings.warning(
          "FIELD_CREATE_ONLY",
          "%s is set on new records alone: those that exist in the org already keep what they have."
              .formatted(field.name()),
          "Nothing to do if none exists, or if that is what is wanted; for a master-detail field,"
              + " allow reparenting.");
    }
    return true;
  }
}
