package io.initload.source.oracle;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.source.TableShape;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the columns of a row stand in statements over the alias {@code t}. */
final class OracleColumns {
  /** Blank, tab, line feed and carriage return. */
  private static final String BLANKS = "' ' || CHR(9) || CHR(10) || CHR(13)";

  private final OracleFlavour flavour;

  OracleColumns(OracleFlavour flavour) {
    this.flavour = flavour;
  }

  /** The column itself. */
  static String name(SourceColumn column) {
    return column.computed() ? "(" + column.sql() + ")" : "t." + OracleNames.quote(column.name());
  }

  /** Whether the database fills a text with blanks up to its length, which no key keeps. */
  static boolean padded(SourceColumn column) {
    return column.declared().toUpperCase(Locale.ROOT).matches("N?CHAR(ACTER)?\\s*\\(.*");
  }

  /** What is selected for columns. */
  String list(List<SourceColumn> columns) {
    return columns.stream().map(this::expression).collect(Collectors.joining(", "));
  }

  /** What is selected for a column: some types are made readable by the database. */
  String expression(SourceColumn column) {
    String name = name(column);
    return switch (column.type()) {
      case XML -> "XMLSERIALIZE(CONTENT " + name + " AS CLOB)";
      case JSON ->
          flavour == OracleFlavour.ORACLE ? "JSON_SERIALIZE(" + name + " RETURNING CLOB)" : name;
      case INSTANT -> column.declared().contains("LOCAL") ? "SYS_EXTRACT_UTC(" + name + ")" : name;
      default -> name;
    };
  }

  /** The form in which columns of equal keys are equal, at least as coarse as the key's own. */
  String alike(SourceColumn column, KeyForm form, boolean alone) {
    String name = name(column);
    if (column.type() == SourceColumn.Type.TEXT) {
      String text = form == KeyForm.IGNORE_CASE ? "LOWER(UPPER(" + name + "))" : name;
      return alone ? "LTRIM(RTRIM(" + text + ", " + BLANKS + "), " + BLANKS + ")" : text;
    }
    String number = flavour == OracleFlavour.ORACLE ? "BINARY_DOUBLE" : "DOUBLE PRECISION";
    return form.blurs(column) ? "CAST(" + name + " AS " + number + ")" : name;
  }

  /** Whether a column has no value, or blanks alone, which are null once they are cut off. */
  String blank(SourceColumn column) {
    String text = alike(column, KeyForm.EXACT, true);
    return column.type() == SourceColumn.Type.TEXT && flavour == OracleFlavour.H2
        ? "NULLIF(" + text + ", '') IS NULL"
        : (column.type() == SourceColumn.Type.TEXT ? text : name(column)) + " IS NULL";
  }

  /**
   * The bucket of a row. A row has one whatever is hashed, since the hash of a null counts as 0;
   * which one is nobody's business (docs/reference/oracle.md, "Hashes and samples": the algorithm
   * is Oracle's secret).
   */
  static String bucket(TableShape shape, List<String> columns, int buckets) {
    String sum =
        columns.isEmpty()
            ? "ORA_HASH(t.ROWID)"
            : columns.stream()
                .map(column -> "NVL(ORA_HASH(" + name(shape.required(column)) + "), 0)")
                .collect(Collectors.joining(" + "));
    return "MOD(" + sum + ", " + buckets + ")";
  }
}
