package io.initload.source.postgres;

import io.initload.mapping.SourceColumn;

/** PostgreSQL's types as the catalogue spells them. */
final class PostgresTypes {
  private PostgresTypes() {}

  /**
   * @param declared as {@code format_type} spells it; usable in a cast
   * @param base name of the type in {@code pg_type}, domains resolved
   * @param category {@code typtype}: b base, e enum, c composite, r range, p pseudo...
   * @param modifier {@code atttypmod}, domains resolved; -1 for none
   */
  static SourceColumn column(
      String name, String declared, String base, String category, int modifier, boolean nullable) {
    if (category.equals("e")) {
      return of(name, SourceColumn.Type.TEXT, declared, 63, nullable);
    }
    return switch (base) {
      case "varchar", "bpchar" ->
          of(name, SourceColumn.Type.TEXT, declared, Math.max(0, modifier - 4), nullable);
      case "text",
          "name",
          "citext",
          "char",
          "uuid",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "bit",
          "varbit",
          "money",
          "timetz" ->
          of(name, SourceColumn.Type.TEXT, declared, 0, nullable);
      case "int2" -> number(name, declared, 5, 0, nullable);
      case "int4" -> number(name, declared, 10, 0, nullable);
      case "int8", "oid" -> number(name, declared, 19, 0, nullable);
      case "numeric" ->
          modifier < 4
              ? number(name, declared, 0, SourceColumn.SCALE_ANY, nullable)
              // Scales are stored in eleven bits, signed since PostgreSQL 15.
              : number(
                  name,
                  declared,
                  ((modifier - 4) >> 16) & 0xffff,
                  (((modifier - 4) & 0x7ff) ^ 1024) - 1024,
                  nullable);
      case "float4", "float8" -> of(name, SourceColumn.Type.FLOAT, declared, 0, nullable);
      case "bool" -> of(name, SourceColumn.Type.BOOLEAN, declared, 0, nullable);
      case "date" -> of(name, SourceColumn.Type.DATE, declared, 0, nullable);
      case "timestamp" -> of(name, SourceColumn.Type.DATETIME, declared, 0, nullable);
      case "timestamptz" -> of(name, SourceColumn.Type.INSTANT, declared, 0, nullable);
      case "time" -> of(name, SourceColumn.Type.TIME, declared, 0, nullable);
      case "interval" -> of(name, SourceColumn.Type.INTERVAL, declared, 0, nullable);
      case "bytea" -> of(name, SourceColumn.Type.BINARY, declared, 0, nullable);
      case "json", "jsonb" -> of(name, SourceColumn.Type.JSON, declared, 0, nullable);
      case "xml" -> of(name, SourceColumn.Type.XML, declared, 0, nullable);
      default -> of(name, SourceColumn.Type.UNSUPPORTED, declared, 0, nullable);
    };
  }

  /** Whether the binary form on the wire is one {@link PostgresDecoder} reads. */
  static boolean binary(SourceColumn column) {
    return switch (column.type()) {
      case NUMBER -> !column.declared().equals("oid");
      case FLOAT, BOOLEAN, DATE, DATETIME, INSTANT, TIME, BINARY -> true;
      case TEXT ->
          column.declared().startsWith("character")
              || column.declared().equals("text")
              || column.declared().equals("name");
      case INTERVAL, LONG_TEXT, JSON, XML, UNSUPPORTED -> false;
    };
  }

  private static SourceColumn of(
      String name, SourceColumn.Type type, String declared, int length, boolean nullable) {
    int scale = type == SourceColumn.Type.FLOAT ? SourceColumn.SCALE_ANY : 0;
    return new SourceColumn(name, type, declared, length, 0, scale, nullable);
  }

  private static SourceColumn number(
      String name, String declared, int precision, int scale, boolean nullable) {
    return new SourceColumn(
        name, SourceColumn.Type.NUMBER, declared, 0, precision, scale, nullable);
  }
}
