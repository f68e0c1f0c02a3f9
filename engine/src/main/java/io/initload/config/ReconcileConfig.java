package io.initload.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the proof is made.
 *
 * @param sample how many rows of each table are compared field by field; default 1,000
 * @param exempt fields that are not compared: the reasons, by the name of the table and the field
 * @param signingKeyFile PKCS#8 PEM of the key that signs certificates; empty where none are signed
 */
public record ReconcileConfig(
    Level level,
    SampleSize sample,
    Map<String, Map<String, String>> exempt,
    Optional<Path> signingKeyFile) {
  public ReconcileConfig {
    Map<String, Map<String, String>> copy = new LinkedHashMap<>();
    exempt.forEach((table, fields) -> copy.put(table, new LinkedHashMap<>(fields)));
    exempt = Collections.unmodifiableMap(copy);
  }

  /** Which compares all fields. */
  public ReconcileConfig(Level level, SampleSize sample) {
    this(level, sample, Map.of());
  }

  /** Whose certificates are not signed. */
  public ReconcileConfig(Level level, SampleSize sample, Map<String, Map<String, String>> exempt) {
    this(level, sample, exempt, Optional.empty());
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
