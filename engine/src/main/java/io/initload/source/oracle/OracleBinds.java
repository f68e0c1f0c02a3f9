package io.initload.source.oracle;

import io.initload.mapping.SourceColumn;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.Intervals;
import io.initload.source.sql.KeyText;
import java.util.List;
import java.util.Locale;

/** What stands in a statement for a value that a column is compared with. */
final class OracleBinds {
  private OracleBinds() {}

  /** For the value of a text that was read of the column. */
  static BoundSql of(OracleFlavour flavour, SourceColumn column, String text) {
    if (column.type() == SourceColumn.Type.INTERVAL) {
      return interval(flavour, column.declared().toUpperCase(Locale.ROOT), text);
    }
    return new BoundSql(placeholder(column), List.of(bound(column, text)));
  }

  /** Oracle takes durations of ISO 8601 with one sign for all, and literals (unconfirmed). */
  private static BoundSql interval(OracleFlavour flavour, String declared, String text) {
    if (flavour == OracleFlavour.H2) {
      return new BoundSql("?", List.of(Intervals.amount(declared, text)));
    }
    String function = declared.contains("YEAR") ? "TO_YMINTERVAL(?)" : "TO_DSINTERVAL(?)";
    return new BoundSql(function, List.of(Intervals.sql(declared, text)));
  }

  /** A text of the national character set would lose what the database's own has not. */
  private static Object bound(SourceColumn column, String text) {
    return column.type() == SourceColumn.Type.TEXT && column.declared().startsWith("N")
        ? new BoundSql.National(text)
        : KeyText.parse(column, text);
  }

  /**
   * A DATE column compared with a TIMESTAMP bind, a padded CHAR with an unpadded text, or a single
   * with a double, would be converted row by row or never match.
   */
  private static String placeholder(SourceColumn column) {
    String declared = column.declared().toUpperCase(Locale.ROOT);
    return OracleColumns.padded(column) || declared.matches("DATE|BINARY_FLOAT|REAL")
        ? "CAST(? AS " + column.declared() + ")"
        : "?";
  }
}
