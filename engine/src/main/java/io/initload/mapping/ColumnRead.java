package io.initload.mapping;

import java.time.ZoneId;
import java.util.Optional;

/**
 * One column to read and how to render it.
 *
 * @param zone of its zoneless dates and times, where it has one of its own
 */
public record ColumnRead(String column, Rendering rendering, Optional<ZoneId> zone) {
  public ColumnRead(String column, Rendering rendering) {
    this(column, rendering, Optional.empty());
  }
}
