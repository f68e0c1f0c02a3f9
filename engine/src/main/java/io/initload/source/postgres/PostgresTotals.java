package io.initload.source.postgres;

import io.initload.config.Control.Part;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.Selected;
import io.initload.source.sql.Sql.Grouping;
import java.util.List;
import java.util.Optional;

/** How groups and sums stand in a PostgreSQL server's statements. */
final class PostgresTotals {
  private PostgresTotals() {}

  static Selected of(
      List<Grouping> by, Optional<SourceColumn> of, boolean arithmetic, boolean bounds) {
    return new Selected(
        by,
        PostgresTotals::value,
        of,
        PostgresTotals::present,
        PostgresColumns::name,
        arithmetic,
        bounds);
  }

  private static String value(Grouping group) {
    String name = PostgresColumns.name(group.column());
    if (group.part() == Part.VALUE) {
      return group.column().type() == SourceColumn.Type.TEXT ? name + "::text" : name;
    }
    if (group.column().type() == SourceColumn.Type.INSTANT) {
      return "(" + name + " AT TIME ZONE 'UTC')";
    }
    return group
        .zone()
        .map(
            zone ->
                "((%s AT TIME ZONE %s) AT TIME ZONE 'UTC')"
                    .formatted(name, PostgresNames.text(zone.getId())))
        .orElse(name);
  }

  private static String present(SourceColumn column) {
    String name = PostgresColumns.name(column);
    return column.type() == SourceColumn.Type.TEXT ? "NULLIF(btrim(" + name + "::text), '')" : name;
  }
}
