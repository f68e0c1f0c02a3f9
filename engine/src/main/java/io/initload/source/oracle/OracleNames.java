package io.initload.source.oracle;

import io.initload.config.SourceName;

/** Names as Oracle's statements hold them: quoted, since they are exact. */
public final class OracleNames {
  private OracleNames() {}

  /** A table, with its owner where one is given; a query in brackets. */
  public static String table(SourceName name) {
    if (name.isQuery()) {
      return "(" + name.query() + ")";
    }
    return name.owner().isEmpty()
        ? quote(name.table())
        : quote(name.owner()) + "." + quote(name.table());
  }

  /** One identifier. */
  public static String quote(String identifier) {
    if (identifier.isEmpty() || identifier.indexOf('"') >= 0 || identifier.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no Oracle name: " + identifier);
    }
    return '"' + identifier + '"';
  }
}
