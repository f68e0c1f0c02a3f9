package io.initload.ledger;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which pieces of a migration a worker takes up. What is outside is left to others, whatever state
 * it is in.
 *
 * @param tables names; empty for all
 * @param chunk number of the one chunk of the one table; empty for all, and for what was gathered
 *     from several chunks
 */
public record Scope(List<String> tables, OptionalLong chunk) {
  public static final Scope ALL = new Scope(List.of(), OptionalLong.empty());

  public Scope {
    tables = List.copyOf(tables);
  }

  public static Scope of(Collection<String> tables) {
    return new Scope(List.copyOf(tables), OptionalLong.empty());
  }

  public static Scope of(String table, long chunk) {
    return new Scope(List.of(table), OptionalLong.of(chunk));
  }

  /** What a piece must fulfil, as the rest of a WHERE clause; begins with AND. */
  String condition(String chunkColumn) {
    String some =
        tables.isEmpty()
            ? ""
            : " AND table_name IN ("
                + String.join(", ", Collections.nCopies(tables.size(), "?"))
                + ")";
    return some + (chunk.isPresent() ? " AND " + chunkColumn + " = ?" : "");
  }

  /** The values of {@link #condition}, after others. */
  Object[] values(Object... before) {
    List<Object> values = new ArrayList<>(List.of(before));
    values.addAll(tables);
    chunk.ifPresent(values::add);
    return values.toArray();
  }
}
