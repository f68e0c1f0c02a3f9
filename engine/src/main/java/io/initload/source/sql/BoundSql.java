package io.initload.source.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement with its binds, as JDBC takes them.
 *
 * @param sql with {@code ?} for each bind; no semicolon
 */
public record BoundSql(String sql, List<Object> binds) {
  public BoundSql {
    binds = List.copyOf(binds);
  }

  /** A text that the driver must not send in the database's own character set (NCHAR types). */
  public record National(String text) {}

  public static BoundSql of(String sql) {
    return new BoundSql(sql, List.of());
  }

  /** Puts a statement together. */
  public static final class Builder {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> binds = new ArrayList<>();

    public Builder add(String text) {
      sql.append(text);
      return this;
    }

    public Builder add(BoundSql part) {
      sql.append(part.sql());
      binds.addAll(part.binds());
      return this;
    }

    public Builder bind(Object value) {
      binds.add(value);
      return this;
    }

    public BoundSql build() {
      return new BoundSql(sql.toString(), binds);
    }
  }
}
