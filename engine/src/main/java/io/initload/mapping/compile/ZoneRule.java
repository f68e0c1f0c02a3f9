package io.initload.mapping.compile;

import io.initload.config.TableConfig;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.Rendering;
import io.initload.mapping.SourceColumn;
import java.util.List;
import java.util.stream.Collectors;

/** Whether times hang on a zone that nobody named. */
final class ZoneRule {
  private final Findings findings;

  ZoneRule(Findings findings) {
    this.findings = findings;
  }

  void check(TableConfig table, List<SourceColumn> columns, List<ColumnRead> reads) {
    String names =
        columns.stream()
            .filter(c -> reads.stream().anyMatch(read -> shifts(c, read)))
            .map(SourceColumn::name)
            .collect(Collectors.joining(", "));
    if (!table.zoneGiven() && !names.isEmpty()) {
      findings.at(table.name() + " -> " + table.object());
      findings.warning(
          "ZONE_ASSUMED",
          "Times are taken for UTC, since the configuration names no time zone: "
              + names
              + ". The wrong zone shifts every one of them.",
          "Set source.zone, UTC included, or the sourceZone of the table.");
    }
  }

  /** Whether what is written depends on the zone of the source. */
  private static boolean shifts(SourceColumn column, ColumnRead read) {
    if (!read.column().equals(column.name()) || read.zone().isPresent()) {
      return false;
    }
    return switch (column.type()) {
      case DATE, DATETIME -> read.rendering() == Rendering.DATETIME;
      case INSTANT -> read.rendering() == Rendering.DATE || read.rendering() == Rendering.TIME;
      default -> false;
    };
  }
}
