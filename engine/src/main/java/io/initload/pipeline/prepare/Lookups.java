package io.initload.pipeline.prepare;

import io.initload.config.FieldMapping;
import io.initload.config.MigrationConfig;
import io.initload.config.TableConfig;
import io.initload.mapping.org.AuditFields;
import io.initload.mapping.org.FieldPath;
import io.initload.mapping.org.TargetObject;
import io.initload.plan.TableLinks;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which configured tables look each other up: by fields that name the external id of a parent. */
public final class Lookups {
  private final List<TableConfig> tables;

  public Lookups(MigrationConfig config) {
    this.tables = config.tables();
  }

  /** Names of the tables that a table looks up. */
  Set<String> parents(TableConfig table, TargetObject object) {
    Set<String> parents = new LinkedHashSet<>();
    table.fields().forEach(f -> parents.addAll(parentsOf(f.field(), object)));
    return parents;
  }

  /** The columns that a table's lookups are fed from alone. */
  List<String> columns(TableConfig table, TargetObject object) {
    List<String> columns = new ArrayList<>();
    for (FieldMapping field : table.fields()) {
      if (field.feed() instanceof FieldMapping.Column column
          && !parentsOf(field.field(), object).isEmpty()) {
        columns.add(column.name());
      }
    }
    return columns;
  }

  /** The fields that name rows of configured tables by external id. */
  public List<TableLinks.Lookup> of(Prepared table) {
    List<TableLinks.Lookup> lookups = new ArrayList<>();
    for (String field : table.mapping().header()) {
      for (String parent : parentsOf(field, table.object())) {
        lookups.add(new TableLinks.Lookup(table.name(), field, parent, atOnce(field, table)));
      }
    }
    return lookups;
  }

  /**
   * Whether a lookup must be set with its row: the org takes no row without it, or no change of it,
   * or a second pass would change what the row brings along.
   */
  private static boolean atOnce(String field, Prepared table) {
    return writtenOnce(table)
        || table
            .object()
            .relationship(FieldPath.parse(field).relationship())
            .map(f -> (!f.nillable() && !f.defaultedOnCreate()) || !f.updateable())
            .orElse(false);
  }

  /** Every change of a record sets when it was last changed, and by whom. */
  private static boolean writtenOnce(Prepared table) {
    return table.config().hierarchy().writeOnce()
        || table.mapping().header().stream().anyMatch(AuditFields::isChange);
  }

  private Set<String> parentsOf(String field, TargetObject object) {
    Set<String> parents = new LinkedHashSet<>();
    tables(field, object).forEach(table -> parents.add(table.name()));
    return parents;
  }

  /** The configured tables whose object a CSV column leads to. */
  List<TableConfig> tables(String field, TargetObject object) {
    FieldPath path = FieldPath.parse(field);
    if (!path.isParent()) {
      return List.of();
    }
    List<String> targets =
        path.type().isEmpty()
            ? object.relationship(path.relationship()).map(f -> f.referenceTo()).orElse(List.of())
            : List.of(path.type());
    return tables.stream()
        .filter(other -> targets.stream().anyMatch(t -> t.equalsIgnoreCase(other.object())))
        .toList();
  }
}
