package io.initload.pipeline.prepare;

import io.initload.config.FieldMapping;
import io.initload.config.OrphanPolicy;
import io.initload.config.SourceName;
import io.initload.config.SourceName.Parents;
import io.initload.config.TableConfig;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetField;
import io.initload.mapping.org.TargetObject;
import io.initload.pipeline.prepare.org.DescribedObjects;
import io.initload.pipeline.prepare.pass.LevelPass;
import io.initload.source.SourceDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has the database look for the parents that rows name, where the configuration says what becomes
 * of rows whose parents are not there.
 */
public final class OrphanLooks {
  private final SourceDatabase source;
  private final DescribedObjects objects;
  private final Lookups lookups;
  private final List<Finding> findings;

  /**
   * @param findings are added to
   */
  public OrphanLooks(
      SourceDatabase source, DescribedObjects objects, Lookups lookups, List<Finding> findings) {
    this.source = source;
    this.objects = objects;
    this.lookups = lookups;
    this.findings = findings;
  }

  /** The table with the looks that its policies need; findings name those that cannot be had. */
  TableConfig added(TableConfig table, TargetObject object) {
    List<Parents> looks = new ArrayList<>();
    for (FieldMapping field : table.fields()) {
      Optional<OrphanPolicy> policy =
          Optional.ofNullable(table.hierarchy().orphans().get(field.field()));
      if (policy.isPresent() && !forbidden(table, object, field.field(), policy.get())) {
        look(table, object, field).ifPresent(looks::add);
      }
    }
    return looks.isEmpty() ? table : table.beside(looks);
  }

  private boolean forbidden(
      TableConfig table, TargetObject object, String field, OrphanPolicy policy) {
    boolean required =
        object
            .relationship(FieldPath.parse(field).relationship())
            .filter(lookup -> !lookup.nillable() && !lookup.defaultedOnCreate())
            .isPresent();
    if (required && policy == OrphanPolicy.NULL) {
      error(
          table,
          "ORPHANS_REQUIRED",
          "The org takes no %s without %s, so that rows cannot be loaded without it."
              .formatted(object.name(), field),
          "Let tables[].orphans reject such rows, or fail.");
    }
    return required && policy == OrphanPolicy.NULL;
  }

  private Optional<Parents> look(TableConfig table, TargetObject object, FieldMapping field) {
    Optional<String> fault = fault(table, object, field);
    if (fault.isPresent()) {
      error(
          table,
          "ORPHANS_UNTOLD",
          "The database cannot tell whether the parents that %s names are there: %s."
              .formatted(field.field(), fault.get()),
          "Leave the lookup out of tables[].orphans, so that the org judges; or feed it as the"
              + " external id of its parents' table is fed.");
      return Optional.empty();
    }
    return Optional.of(parents(object, field));
  }

  /**
   * A lookup of a table, whatever becomes of rows whose parents are not there.
   *
   * @param homes the tables that load the parents
   * @param look empty where the database cannot tell whether they are
   * @param fault why not
   */
  public record Lookup(
      FieldMapping field, List<TableConfig> homes, Optional<Parents> look, String fault) {
    public Lookup {
      homes = List.copyOf(homes);
    }
  }

  /** All lookups of a table by a key of their parents. */
  public List<Lookup> all(TableConfig table, TargetObject object) {
    List<Lookup> all = new ArrayList<>();
    for (FieldMapping field : table.fields()) {
      if (FieldPath.parse(field.field()).isParent()) {
        Optional<String> fault = fault(table, object, field);
        all.add(
            new Lookup(
                field,
                lookups.tables(field.field(), object),
                fault.isPresent() ? Optional.empty() : Optional.of(parents(object, field)),
                fault.orElse("")));
      }
    }
    return all;
  }

  private Parents parents(TargetObject object, FieldMapping field) {
    List<TableConfig> homes = lookups.tables(field.field(), object);
    return new Parents(
        field.field(),
        field.feed().columns(),
        homes.stream().map(OrphanLooks::among).toList(),
        homes.stream().anyMatch(home -> foldsCase(field.field(), home)));
  }

  private Optional<String> fault(TableConfig table, TargetObject object, FieldMapping field) {
    List<TableConfig> homes = lookups.tables(field.field(), object);
    return homes.isEmpty()
        ? Optional.of("no table of the migration loads such parents")
        : homes.stream().flatMap(home -> fault(table, field, home).stream()).findFirst();
  }

  private static SourceName.Among among(TableConfig home) {
    return new SourceName.Among(home.source(), key(home).feed().columns());
  }

  private static FieldMapping key(TableConfig home) {
    return home.fields().stream()
        .filter(field -> field.field().equals(home.externalId()))
        .findFirst()
        .orElseThrow();
  }

  /** What keeps the database from comparing the lookup with a table's keys. */
  private Optional<String> fault(TableConfig table, FieldMapping field, TableConfig home) {
    if (home.source().isQuery()) {
      return Optional.of(home.name() + " is a query, which would have to run for each chunk");
    }
    if (source.momentless(table.source()) && !source.momentless(home.source())) {
      return Optional.of(
          "its rows lie outside the database and are read as they are now, and so would be the keys of %s"
              .formatted(home.name()));
    }
    boolean named = FieldPath.parse(field.field()).field().equalsIgnoreCase(home.externalId());
    if (!named || !LevelPass.alike(key(home).feed(), field.feed())) {
      return Optional.of("it is not fed as %s of %s is".formatted(home.externalId(), home.name()));
    }
    List<SourceColumn> names = columns(table.source(), field.feed().columns());
    List<SourceColumn> keys = columns(home.source(), key(home).feed().columns());
    for (int i = 0; i < names.size(); i++) {
      if (!comparable(names.get(i), keys.get(i))) {
        return Optional.of(
            "%s is of type %s, and %s of %s of type %s"
                .formatted(
                    names.get(i).name(),
                    names.get(i).declared(),
                    keys.get(i).name(),
                    home.name(),
                    keys.get(i).declared()));
      }
    }
    return Optional.empty();
  }

  private List<SourceColumn> columns(SourceName table, List<String> names) {
    return names.stream().map(source.shape(table)::required).toList();
  }

  private static boolean comparable(SourceColumn name, SourceColumn key) {
    return name.type() == key.type()
        && name.comparable()
        && key.comparable()
        && name.type() != SourceColumn.Type.FLOAT
        && padded(name) == padded(key);
  }

  /** Blanks that fill a column to its length tell in some comparisons, and not in others. */
  private static boolean padded(SourceColumn column) {
    return column.declared().matches("(?i)n?char(acter)?\\b(?! varying).*");
  }

  private boolean foldsCase(String field, TableConfig home) {
    Optional<TargetField> key =
        objects.find(home.object()).flatMap(o -> o.field(FieldPath.parse(field).field()));
    return key.map(KeyForm::of).filter(KeyForm.IGNORE_CASE::equals).isPresent();
  }

  private void error(TableConfig table, String code, String message, String remedy) {
    findings.add(new Finding(code, Severity.ERROR, "tables " + table.name(), message, remedy));
  }
}
