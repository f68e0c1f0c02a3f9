package io.initload.source;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with its binds, as JDBC takes them.
 *
 * @param sql with {@code ?} for each bind; no semicolon
 */
record Query(String sql, List<Object> binds) {
  Query {
    binds = List.copyOf(binds);
  }

  /** A text that the driver must not send in the database's own character set (NCHAR types). */
  record National(String text) {}

  static Query of(String sql) {
    return new Query(sql, List.of());
  }

  /** Puts a statement together. */
  static final class Builder {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> binds = new ArrayList<>();

    Builder add(String text) {
      sql.append(text);
      return this;
    }

    Builder add(Query part) {
      sql.append(part.sql());
      binds.addAll(part.binds());
      return this;
    }

    Builder bind(Object value) {
      binds.add(value);
      return this;
    }

    Query build() {
      return new Query(sql.toString(), binds);
    }
  }
}
