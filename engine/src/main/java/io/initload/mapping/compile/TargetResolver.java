package io.initload.mapping.compile;

import io.initload.Nearest;
import io.initload.config.FieldMapping;
import io.initload.config.TableConfig;
import io.initload.mapping.org.AuditFields;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.OrgNames;
import io.initload.mapping.org.PersonFields;
import io.initload.mapping.org.RecordTypes;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetKind;
import io.initload.mapping.org.TargetObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
   * @param names whose ids are sent in the place of the values
   */
  record Target(String header, TargetField field, TargetField written, Optional<OrgNames> names) {
    /** A column whose values are sent as they are. */
    Target(String header, TargetField field, TargetField written) {
      this(header, field, written, Optional.empty());
    }

    /** The field whose type that has which is sent. */
    TargetField sent() {
      return names.isPresent() ? written : field;
    }
  }

  private static final String HIDDEN =
      "Check the name; a field the user may not see (field-level security) looks unknown too.";

  private final TargetObject object;
  private final Function<String, Optional<TargetObject>> parents;
  private final Findings findings;
  private final OrgNames.Directory directory;
  private final Map<String, String> fallbacks;

  /** For fields that are sent as they are. */
  TargetResolver(
      TargetObject object, Function<String, Optional<TargetObject>> parents, Findings findings) {
    this(object, parents, findings, OrgNames.Directory.NONE, Map.of());
  }

  /**
   * @param directory knows the names of records
   * @param fallbacks names that stand for those that nobody has, by field
   */
  TargetResolver(
      TargetObject object,
      Function<String, Optional<TargetObject>> parents,
      Findings findings,
      OrgNames.Directory directory,
      Map<String, String> fallbacks) {
    this.object = object;
    this.parents = parents;
    this.findings = findings;
    this.directory = directory;
    this.fallbacks = fallbacks;
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
        .flatMap(parent -> parent(parent, path, reference));
  }

  private Optional<Target> parent(String parent, FieldPath path, TargetField reference) {
    Optional<Target> named = named(parent, path, reference);
    if (named.isPresent()) {
      return named;
    }
    if (fallbacks.containsKey(path.toString())) {
      findings.error(
          "FALLBACK_BAD",
          "Records of %s have no fallback: only users, queues and record types do."
              .formatted(parent),
          "Take the lookup out of tables[].fallbacks; tables[].orphans decides about its rows.");
    }
    return parentKey(parent, path.field())
        .map(
            field ->
                new Target(
                    new FieldPath(path.type(), reference.relationshipName(), field.name())
                        .toString(),
                    field,
                    reference));
  }

  /**
   * Where the id is sent that a name stands for: rows cannot name such parents, or somebody else is
   * there for those that are not.
   */
  private Optional<Target> named(String parent, FieldPath path, TargetField reference) {
    Optional<TargetField> key =
        parents.apply(parent).flatMap(described -> described.field(path.field()));
    Optional<String> fallback = Optional.ofNullable(fallbacks.get(path.toString()));
    boolean byItself = key.filter(k -> k.externalId() || k.idLookup()).isPresent();
    if (key.isEmpty() || key.get().type().equals("id")) {
      return Optional.empty();
    }
    Optional<OrgNames> names = Optional.empty();
    if (parent.equals("RecordType")) {
      names = key.get().name().equals("DeveloperName") ? recordTypes() : Optional.empty();
    } else if (!byItself || fallback.isPresent()) {
      names = directory.of(object, reference, parent, key.get(), fallback.isPresent());
    }
    return names
        .map(all -> fallback.map(name -> withFallback(all, name)).orElse(all))
        .map(all -> new Target(reference.name(), key.get(), reference, Optional.of(all)));
  }

  private Optional<OrgNames> recordTypes() {
    return Optional.of(OrgNames.ofRecordTypes(object));
  }

  private OrgNames withFallback(OrgNames names, String fallback) {
    Optional<String> id = names.own(fallback);
    if (id.isEmpty()) {
      findings.error(
          "FALLBACK_BAD",
          "The fallback " + names.refusal(fallback) + ".",
          "Name one that is there and can be used, in tables[].fallbacks.");
    }
    return id.map(names::orElse).orElse(names);
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
    if (!field.createable() && AuditFields.isOne(field)) {
      findings.error(
          "AUDIT_FIELD_DENIED",
          "%s of %s cannot be set by this user.".formatted(field.name(), object.name()),
          "Let Setup, User Interface, enable \"Set Audit Fields upon Record Creation\", and give"
              + " the user of the migration that permission; not all objects have it. Or leave the"
              + " field out.");
      return false;
    }
    if (!field.createable()) {
      findings.error(
          "FIELD_NOT_WRITABLE",
          "%s cannot be set on create.".formatted(field.name()),
          "Give the user of the migration the right to edit the field, or leave it out;"
              + " formulas, roll-ups and auto-numbers can never be set.");
      return false;
    }
    if (AuditFields.isOne(field)) {
      findings.warning(
          "AUDIT_FIELD_ONCE",
          "%s is set on new records alone, and Salesforce's help speaks of inserts, not of upserts."
              .formatted(field.name()),
          "Try it in a sandbox with some rows first. Switch off what would change the records"
              + " afterwards: triggers, flows, roll-ups; each change sets who changed them last.");
    } else if (!field.updateable()) {
      findings.warning(
          "FIELD_CREATE_ONLY",
          "%s is set on new records alone: those that exist in the org already keep what they have."
              .formatted(field.name()),
          "Nothing to do if none exists, or if that is what is wanted; for a master-detail field,"
              + " allow reparenting.");
    }
    return true;
  }

  /**
   * Reports the required fields that nothing feeds, and what persons and other accounts lack.
   *
   * @param written the fields that are set
   */
  void requireAll(TableConfig table, Set<String> written) {
    for (TargetField field : object.fields()) {
      if (isRequired(field) && !written.contains(field.name()) && !isMapped(table, field)) {
        findings.at(table.name() + " -> " + object.name() + "." + field.name());
        findings.error(
            "FIELD_REQUIRED",
            "The field is required, and nothing feeds it.",
            "Feed it from a column, or with a constant.");
      }
    }
    if (object.hasPersons()) {
      findings.at(table.name() + " -> " + object.name());
      persons(table, written);
    }
  }

  private void persons(TableConfig table, Set<String> written) {
    RecordTypes types = RecordTypes.of(table, object);
    Optional<String> fault =
        types.byRow()
            ? PersonFields.fault(written)
            : types.one().flatMap(type -> PersonFields.fault(type, written));
    fault.ifPresent(
        message ->
            findings.error(
                "PERSON_FIELDS",
                message,
                "Feed LastName of persons and Name of other accounts; where rows decide, let an"
                    + " expression leave the other one empty. RecordType.DeveloperName says which"
                    + " they are."));
  }

  /** Whether the mapping names the field, though something else is wrong with it. */
  private static boolean isMapped(TableConfig table, TargetField field) {
    return table.fields().stream()
        .map(FieldMapping::field)
        .anyMatch(
            name ->
                name.equalsIgnoreCase(field.name())
                    || (!field.relationshipName().isEmpty()
                        && name.matches("(?i)(\\w+:)?" + field.relationshipName() + "\\..*")));
  }

  /** Whether the org takes no new record without it. */
  static boolean isRequired(TargetField field) {
    return field.createable() && !field.nillable() && !field.defaultedOnCreate();
  }
}
