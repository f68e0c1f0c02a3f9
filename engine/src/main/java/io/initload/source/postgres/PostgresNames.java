package io.initload.source.postgres;

import io.initload.config.SourceName;

/** Names and texts as PostgreSQL's statements hold them: names quoted, since they are exact. */
final class PostgresNames {
  private PostgresNames() {}

  /** A table, with its schema where one is given; a query in brackets. */
  static String table(SourceName name) {
    if (name.isQuery()) {
      return "(" + name.query() + ")";
    }
    return name.owner().isEmpty()
        ? quote(name.table())
        : quote(name.owner()) + "." + quote(name.table());
  }

  static String quote(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no PostgreSQL name: " + identifier);
    }
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** A text literal; {@code standard_conforming_strings} is on. */
  static String text(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("PostgreSQL texts hold no NUL");
    }
    return "'" + value.replace("'", "''") + "'";
  }
}
