package io.initload.config;

/**
 * How a table is cut.
 *
 * @param strategy {@code AUTO} lets the planner choose and say why
 * @param rows rows a chunk aims at; default 1,000,000
 * @param parallelHint degree of the {@code PARALLEL} hint on planning statements; 0 for none
 * @param affinity whether rows of one parent stay together
 * @param key the column that rows are ordered and cut by; empty for the keys that the database
 *     knows of, or the external id
 */
public record Chunking(
    Strategy strategy, long rows, int parallelHint, Affinity affinity, String key) {
  /** The strategies of docs/architecture.md, "Chunks and parts". */
  public enum Strategy {
    AUTO,
    ROWID,
    PARTITION,
    KEY,
    ROWNUM,
    /** Oracle: buckets of a hash, each a scan of the whole table. */
    HASH,
    /** One chunk for the whole table. */
    WHOLE
  }

  /** With rows of one parent together where that is cheap. */
  public Chunking(Strategy strategy, long rows, int parallelHint) {
    this(strategy, rows, parallelHint, Affinity.AUTO, "");
  }

  public Chunking with(Affinity other) {
    return new Chunking(strategy, rows, parallelHint, other, key);
  }

  /** The same with another degree of the hint. */
  public Chunking with(int degree) {
    return new Chunking(strategy, rows, degree, affinity, key);
  }
}
