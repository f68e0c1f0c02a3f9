package io.initload.config;

/**
 * How the proof is made.
 *
 * @param sample how many rows of each table are compared field by field; default 1,000
 */
public record ReconcileConfig(Level level, SampleSize sample) {
  /** With so many rows of each table. */
  public ReconcileConfig(Level level, int sampleRows) {
    this(level, new SampleSize.Rows(sampleRows));
  }

  /** Each level includes those before it. */
  public enum Level {
    COUNT,
    SAMPLE,
    /** Every field of every row. */
    FULL
  }
}
