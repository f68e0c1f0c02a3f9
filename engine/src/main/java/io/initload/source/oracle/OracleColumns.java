package io.initload.source.oracle;

import io.initload.mapping.KeyForm;
import io.initload.mapping.SourceColumn;
import io.initload.source.sql.BoundSql;
import io.initload.source.sql.KeyText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the columns of a row, and values of them, stand in statements over the alias {@code t}. */
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

  /** What stands for the value of a text: a bind marker with its bind. */
  static BoundSql operand(SourceColumn column, String text) {
    return new BoundSql(placeholder(column), List.of(bound(column, text)));
  }

  /** A text of the national character set would lose what the database's own has not. */
  private static Object bound(SourceColumn column, String text) {
    return column.type() == SourceColumn.Type.TEXT && column.declared().startsWith("N")
        ? new BoundSql.National(text)
        : KeyText.parse(column, text);
  }

  private static String placeholder(SourceColumn column) {
    String declared = column.declared().toUpperCase(Locale.ROOT);
    // A DATE column compared with a TIMESTAMP bind, a padded CHAR with an unpadded text, or a
    // single
    // with a double, would be converted row by row or never match.
    return declared.matches("DATE|BINARY_FLOAT|REAL|N?CHAR(ACTER)?\\s*\\(.*")
        ? "CAST(? AS " + column.declared() + ")"
        : "?";
  }
}
