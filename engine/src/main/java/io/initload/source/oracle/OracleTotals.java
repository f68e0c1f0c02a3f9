package io.initload.source.oracle;

import io.initload.config.Control.Part;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.Selected;
import io.initload.source.sql.Sql.Grouping;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** How groups and sums stand in Oracle's statements. */
final class OracleTotals {
  private final OracleFlavour flavour;

  OracleTotals(OracleFlavour flavour) {
    this.flavour = flavour;
  }

  /** Empty where times of a zone cannot be shifted: H2 has no word for it. */
  Optional<Selected> of(
      List<Grouping> by, Optional<SourceColumn> of, boolean arithmetic, boolean bounds) {
    boolean shifted = by.stream().anyMatch(g -> g.zone().isPresent() && g.part() != Part.VALUE);
    return shifted && flavour == OracleFlavour.H2
        ? Optional.empty()
        : Optional.of(
            new Selected(
                by,
                this::value,
                of,
                OracleTotals::present,
                OracleTotals::summed,
                arithmetic,
                bounds));
  }

  private String value(Grouping group) {
    String name = OracleColumns.name(group.column());
    if (group.part() == Part.VALUE) {
      return name;
    }
    if (group.column().type() == SourceColumn.Type.INSTANT) {
      return flavour == OracleFlavour.H2
          ? name + " AT TIME ZONE 'UTC'"
          : "SYS_EXTRACT_UTC(" + name + ")";
    }
    return group.zone().map(zone -> moment(name, zone)).orElse(name);
  }

  /** A time of a zone in UTC (docs/reference/oracle.md, "Types"). */
  private static String moment(String name, ZoneId zone) {
    return "SYS_EXTRACT_UTC(FROM_TZ(CAST(%s AS TIMESTAMP), '%s'))".formatted(name, zone.getId());
  }

  /**
   * A time of the session's zone has none that a driver could read (docs/reference/oracle.md,
   * "Types").
   */
  private static String summed(SourceColumn column) {
    String name = OracleColumns.name(column);
    return column.type() == SourceColumn.Type.INSTANT && column.declared().contains("LOCAL")
        ? "FROM_TZ(SYS_EXTRACT_UTC(" + name + "), 'UTC')"
        : name;
  }

  private static String present(SourceColumn column) {
    String name = OracleColumns.name(column);
    return column.type() == SourceColumn.Type.TEXT ? "TRIM(" + name + ")" : name;
  }
}
