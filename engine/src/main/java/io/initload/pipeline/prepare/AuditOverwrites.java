package io.initload.pipeline.prepare;

import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.mapping.org.AuditFields;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Which tables change records whose last change another table brings along: every change sets anew
 * when it was, and by whom.
 */
public final class AuditOverwrites {
  private final Collection<Prepared> tables;

  /**
   * @param tables in load order
   */
  public AuditOverwrites(Collection<Prepared> tables) {
    this.tables = List.copyOf(tables);
  }

  /** A warning for each table whose records another one may change. */
  public List<Finding> findings() {
    return tables.stream().flatMap(table -> overwritten(table).stream()).toList();
  }

  private Optional<Finding> overwritten(Prepared table) {
    List<String> columns = table.mapping().header().stream().filter(AuditFields::isChange).toList();
    List<String> others =
        tables.stream()
            .filter(other -> !other.table().equals(table.table()))
            .filter(other -> other.object().name().equals(table.object().name()))
            .map(Prepared::table)
            .toList();
    return columns.isEmpty() || others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                "AUDIT_FIELD_OVERWRITTEN",
                Severity.WARNING,
                "tables " + table.table(),
                "%s brings %s of records of %s, as %s may change them afterwards."
                    .formatted(
                        table.table(),
                        String.join(" and ", columns),
                        table.object().name(),
                        String.join(" and ", others)),
                "Nothing to do if they load other records; else load all fields of a record by one"
                    + " table: a query of the source can join them."));
  }
}
