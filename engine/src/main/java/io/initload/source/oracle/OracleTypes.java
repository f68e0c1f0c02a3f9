package io.initload.source.oracle;

import io.initload.mapping.SourceColumn;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Set;

/** Oracle's type names as the dictionary spells them (docs/reference/oracle.md, "Types"). */
final class OracleTypes {
  /** Who owns the types that are Oracle's own, where the dictionary names an owner at all. */
  static final Set<String> OWNERS = Set.of("SYS", "PUBLIC", "XDB");

  private OracleTypes() {}

  /** A type that somebody made, whatever its name. */
  static SourceColumn made(String name, String type, boolean nullable) {
    return new SourceColumn(name, SourceColumn.Type.UNSUPPORTED, type, 0, 0, 0, nullable);
  }

  static SourceColumn column(
      String name,
      String type,
      int bytes,
      int chars,
      boolean charSemantics,
      int precision,
      int scale,
      boolean nullable) {
    String plain = type.replaceAll("\\(\\d+\\)", "").strip();
    return switch (plain) {
      case "VARCHAR2", "NVARCHAR2", "CHAR", "NCHAR", "VARCHAR" ->
          new SourceColumn(
              name,
              SourceColumn.Type.TEXT,
              charSemantics && !plain.startsWith("N")
                  ? plain + "(" + chars + " CHAR)"
                  : plain + "(" + (plain.startsWith("N") ? chars : bytes) + ")",
              chars,
              0,
              0,
              nullable);
      case "NUMBER" ->
          new SourceColumn(
              name,
              SourceColumn.Type.NUMBER,
              number(precision, scale),
              0,
              precision,
              scale,
              nullable);
      case "FLOAT" ->
          // Decimal storage under a binary precision: a number like any other.
          new SourceColumn(
              name,
              SourceColumn.Type.NUMBER,
              "FLOAT(" + precision + ")",
              0,
              0,
              SourceColumn.SCALE_ANY,
              nullable);
      case "RAW" ->
          new SourceColumn(
              name, SourceColumn.Type.BINARY, "RAW(" + bytes + ")", bytes, 0, 0, nullable);
      default -> new SourceColumn(name, other(plain), type, 0, 0, 0, nullable);
    };
  }

  /** A column of a statement, as the driver tells of it (docs/reference/oracle.md, "Types"). */
  static SourceColumn described(ResultSetMetaData told, int column) throws SQLException {
    String type = told.getColumnTypeName(column);
    int scale = told.getScale(column);
    int precision = told.getPrecision(column);
    int chars = told.getColumnDisplaySize(column);
    boolean unlimited = precision == 0 || scale == SourceColumn.SCALE_ANY;
    return column(
        told.getColumnLabel(column),
        switch (type) {
          case "INTERVALYM" -> "INTERVAL YEAR TO MONTH";
          case "INTERVALDS" -> "INTERVAL DAY TO SECOND";
          case "TIMESTAMP" -> "TIMESTAMP(" + scale + ")";
          case "SYS.XMLTYPE" -> "XMLTYPE";
          default -> type;
        },
        precision,
        chars,
        true,
        unlimited ? 0 : precision,
        unlimited ? SourceColumn.SCALE_ANY : scale,
        told.isNullable(column) != ResultSetMetaData.columnNoNulls);
  }

  private static String number(int precision, int scale) {
    if (precision == 0) {
      return scale == SourceColumn.SCALE_ANY ? "NUMBER" : "NUMBER(*," + scale + ")";
    }
    return scale == 0 || scale == SourceColumn.SCALE_ANY
        ? "NUMBER(" + precision + ")"
        : "NUMBER(" + precision + "," + scale + ")";
  }

  private static SourceColumn.Type other(String type) {
    return switch (type) {
      case "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND" -> SourceColumn.Type.INTERVAL;
      case "BINARY_FLOAT", "BINARY_DOUBLE" -> SourceColumn.Type.FLOAT;
      case "DATE", "TIMESTAMP" -> SourceColumn.Type.DATETIME;
      case "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE" ->
          SourceColumn.Type.INSTANT;
      case "CLOB", "NCLOB", "LONG" -> SourceColumn.Type.LONG_TEXT;
      case "BLOB", "LONG RAW" -> SourceColumn.Type.BINARY;
      case "ROWID" -> SourceColumn.Type.TEXT;
      case "XMLTYPE" -> SourceColumn.Type.XML;
      case "JSON" -> SourceColumn.Type.JSON;
      case "BOOLEAN" -> SourceColumn.Type.BOOLEAN;
      default -> SourceColumn.Type.UNSUPPORTED;
    };
  }
}
