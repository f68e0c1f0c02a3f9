package io.initload.pipeline.prepare;

import io.initload.config.Control;
import io.initload.config.TableConfig;
import io.initload.mapping.Finding;
import io.initload.mapping.Finding.Severity;
import java.util.List;
import java.util.Optional;

/** Whether the controls of a table can be compared at all, before anything is loaded. */
final class ControlChecks {
  private final TableConfig table;
  private final ControlFields fields;

  ControlChecks(TableConfig table, Prepared prepared) {
    this.table = table;
    this.fields = new ControlFields(table, prepared.shape(), List.of(prepared));
  }

  /** One for each control that cannot. */
  List<Finding> findings() {
    return table.controls().stream().map(this::finding).flatMap(Optional::stream).toList();
  }

  private Optional<Finding> finding(Control control) {
    return control.by().stream()
        .map(dimension -> new ControlGroup(dimension, fields.of(dimension.field())))
        .map(ControlGroup::impossible)
        .flatMap(Optional::stream)
        .findFirst()
        .map(
            why ->
                new Finding(
                    "CONTROL_GROUP",
                    Severity.WARNING,
                    "tables " + table.name(),
                    "The control %s cannot be compared, by %s".formatted(control.name(), why),
                    "Group by a text, a number, a checkbox or a date, or by the year or month of a"
                        + " date; it can be changed after loading too."));
  }
}
