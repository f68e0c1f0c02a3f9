package io.initload.salesforce;

import io.initload.salesforce.wire.Bounds;
import java.util.Map;

/** What is left of the memory for the rows of one look-up. For one thread. */
public final class RowRoom {
  /** What a value takes beside its text, counted in characters. */
  private static final int VALUE_CHARS = 64;

  private long left = Bounds.RECORDS_CHARS_MAX;

  /** Whether one more row finds room. */
  boolean takes(Map<String, String> row) {
    left -= row.values().stream().mapToLong(value -> value.length() + VALUE_CHARS).sum();
    return left >= 0;
  }
}
