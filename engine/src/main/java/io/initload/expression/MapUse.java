package io.initload.expression;

import io.initload.config.ValueMap;
import java.util.List;

/**
 * A map that an expression asks.
 *
 * @param columns what it is asked by, where these are columns as they are read; else empty. By
 *     their names in the language, or of the source, as whoever hands it out says
 * @param foldsCase whether keys that differ in the case of letters, or in blanks around them, are
 *     one; those of the map are in small letters then
 * @param ofOrg whether the map is no map of the configuration, but names that the org has
 */
public record MapUse(ValueMap map, List<String> columns, boolean foldsCase, boolean ofOrg) {
  public MapUse {
    columns = List.copyOf(columns);
  }

  /** Keys are as they are. */
  public MapUse(ValueMap map, List<String> columns) {
    this(map, columns, false, false);
  }
}
