package io.initload.plan;

import java.util.List;

/**
 * A table to be ordered among those whose rows its own rows name.
 *
 * @param phase position of its phase
 * @param lookups its fields that name rows of tables of the same migration
 */
public record TableLinks(String name, int phase, List<Lookup> lookups) {
  public TableLinks {
    lookups = List.copyOf(lookups);
  }

  /**
   * A field of a table that names a parent's row.
   *
   * @param required whether it must be given when a row is made: the target refuses a row without
   *     it, or takes it from a new row alone, or a row is written only once
   */
  public record Lookup(String table, String field, String parent, boolean required) {}
}
