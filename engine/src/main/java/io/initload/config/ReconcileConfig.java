package io.initload.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the proof is made.
 *
 * @param sample how many rows of each table are compared field by field; default 1,000
 * @param exempt fields that are not compared: the reasons, by the name of the table and the field
 */
public record ReconcileConfig(
    Level level, SampleSize sample, Map<String, Map<String, String>> exempt) {
  public ReconcileConfig {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    exempt.forEach((table, fields) -> copy.put(table, new LinkedHashMap<>(fields)));
    exempt = Collections.unmodifiableMap(copy);
  }

  /** Which compares all fields. */
  public ReconcileConfig(Level level, SampleSize sample) {
    this(level, sample, Map.of());
  }

  /** With so many rows of each table. */
  public ReconcileConfig(Level level, int sampleRows) {
    this(level, new SampleSize.Rows(sampleRows));
  }

  /** The fields of a table that are not compared, with the reasons. */
  public Map<String, String> exempt(String table) {
    return exempt.getOrDefault(table, Map.of());
  }

  /** Each level includes those before it. */
  public enum Level {
    COUNT,
    SAMPLE,
    /** Every field of every row. */
    FULL
  }
}
