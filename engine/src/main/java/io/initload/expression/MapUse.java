package io.initload.expression;

import io.initload.config.ValueMap;
import java.util.List;

/**
 * A map that an expression asks.
 *
 * @param columns what it is asked by, where these are columns as they are read; else empty. By
 *     their names in the language, or of the source, as whoever hands it out says
 */
public record MapUse(ValueMap map, List<String> columns) {
  public MapUse {
    columns = List.copyOf(columns);
  }
}
