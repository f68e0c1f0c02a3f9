package io.initload.config;

/**
 * How the proof is made.
 *
 * @param sampleRows rows of each table compared field by field; default 1,000
 */
public record ReconcileConfig(Level level, int sampleRows) {
  /** Each level includes those before it. */
  public enum Level {
    COUNT,
    SAMPLE
  }
}
