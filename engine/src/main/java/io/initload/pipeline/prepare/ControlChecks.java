package io.initload.pipeline.prepare;

import io.initload.config.Control;
import io.initload.config.TableConfig;
import io.initload.config.rows.RowFilter;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import io.initload.plan.Snapshot;
import io.initload.source.SourceDatabase;
import java.util.List;
import java.util.Optional;

/** Whether the controls of a table can be compared at all, before anything is loaded. */
final class ControlChecks {
  private final TableConfig table;
  private final ControlFields fields;

  private final Prepared prepared;

  ControlChecks(Prepared prepared) {
    this.prepared = prepared;
    this.table = prepared.config();
    this.fields = new ControlFields(table, prepared.shape(), List.of(prepared));
  }

  /**
   * What the source will be asked for the certificate, of the pass that is called like the table
   * and of controls whose fields it has.
   */
  List<String> statements(SourceDatabase source, Snapshot snapshot) {
    if (!prepared.name().equals(prepared.table())) {
      return List.of();
    }
    TableConfig whole = table.pass(table.name(), table.source().narrowed(RowFilter.WHOLE));
    return table.controls().stream()
        .filter(control -> finding(control).isEmpty())
        .map(control -> source.totalsSql(whole, fields.query(control), snapshot))
        .flatMap(Optional::stream)
        .toList();
  }

  /** One for each control that cannot. */
  List<Finding> findings() {
    return table.controls().stream().map(this::finding).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> finding(Control control) {
    return fields
        .impossible(control)
        .map(
            why ->
                new Finding(
                    "CONTROL_GROUP",
                    Severity.WARNING,
                    "tables " + table.name(),
                    "The control %s cannot be compared, by %s".formatted(control.name(), why),
                    "Group by a text, a number, a checkbox, a date or its year or month, or by a"
                        + " parent's key; it can be changed after loading too."));
  }
}
