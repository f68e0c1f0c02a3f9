package io.initload.plan;

import java.util.List;

/**
 * What loading some rows takes. An estimate where the plan's rows are one.
 *
 * @param rows rows to load
 * @param parts staged files, each one job
 * @param batches Bulk API batches: one for each started 10,000 rows of a job
 * @param csvBytes uncompressed
 */
public record LoadEstimate(long rows, long parts, long batches, long csvBytes) {
  /** Rows of one Bulk API batch. */
  public static final int BATCH_ROWS = 10_000;

  /**
   * gzip makes tables of mixed text this much smaller (docs/reference/performance.md, "Key
   * figures").
   */
  private static final double GZIP_RATIO = 2.3;

  public static final LoadEstimate NONE = new LoadEstimate(0, 0, 0, 0);

  /**
   * Estimates the chunks of one table.
   *
   * @param rowBytes average width of a CSV record
   * @param partRows rows a part aims at
   * @param partBytes uncompressed bytes a part may have
   */
  public static LoadEstimate of(
      List<PlannedChunk> chunks, long rowBytes, long partRows, long partBytes) {
    LoadEstimate sum = NONE;
    for (PlannedChunk chunk : chunks) {
      sum = sum.plus(chunk(chunk.rows(), Math.max(1, rowBytes), partRows, partBytes));
    }
    return sum;
  }

  private static LoadEstimate chunk(long rows, long rowBytes, long partRows, long partBytes) {
    long fit = Math.max(1, Math.min(partRows, partBytes / rowBytes));
    long perPart = fit < BATCH_ROWS ? fit : fit / BATCH_ROWS * BATCH_ROWS;
    long full = rows / perPart;
    long rest = rows % perPart;
    return new LoadEstimate(
        rows,
        full + (rest > 0 ? 1 : 0),
        full * batches(perPart) + batches(rest),
        Math.multiplyExact(rows, rowBytes));
  }

  /** Batches Salesforce makes of one job's rows. */
  public static long batches(long rows) {
    return (rows + BATCH_ROWS - 1) / BATCH_ROWS;
  }

  public LoadEstimate plus(LoadEstimate other) {
    return new LoadEstimate(
        rows + other.rows, parts + other.parts, batches + other.batches, csvBytes + other.csvBytes);
  }

  /** A share of it, about. */
  LoadEstimate times(double share) {
    return new LoadEstimate(
        Math.round(rows * share),
        Math.round(parts * share),
        Math.round(batches * share),
        Math.round(csvBytes * share));
  }

  /** gzip bytes of all parts, about. */
  public long stagedBytes() {
    return Math.round(csvBytes / GZIP_RATIO);
  }

  /**
   * How many 24-hour allowances it takes, the first one included; 0 when there is nothing to load.
   *
   * @param dailyRecords records in any rolling 24 hours
   * @param dailyBatches batches in any rolling 24 hours
   */
  public long days(long dailyRecords, long dailyBatches) {
    return Math.max(
        (rows + dailyRecords - 1) / dailyRecords, (batches + dailyBatches - 1) / dailyBatches);
  }
}
