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
 * @param everywhere whether also what another host staged, though processes work there: nobody of
 *     them was asked for it
 */
public record Scope(List<String> tables, OptionalLong chunk, boolean everywhere) {
  public static final Scope ALL = new Scope(List.of(), OptionalLong.empty(), false);

  public Scope {
    tables = List.copyOf(tables);
  }

  public static Scope of(Collection<String> tables, boolean everywhere) {
    return new Scope(List.copyOf(tables), OptionalLong.empty(), everywhere);
  }

  public static Scope of(String table, long chunk) {
    return new Scope(List.of(table), OptionalLong.of(chunk), true);
  }

  /**
   * Whose parts, as a condition with the worker's own host as its value: those of this host, and
   * those of hosts where nobody works any more.
   */
  String hosts() {
    return everywhere
        ? "(host = ? OR 1 = 1)"
        : "(host = ? OR NOT EXISTS (SELECT 1 FROM worker w WHERE w.host = part.host))";
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
