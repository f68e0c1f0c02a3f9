package io.initload.simulator.bulk;

import java.time.Duration;

/**
 * How long the org takes, in org time. A batch of n rows takes {@code batchOverhead + n /
 * rowsPerSecond}; its transactions end evenly spread over that. Up to {@code parallelBatches} run
 * at a time, of all jobs together, in the order in which they were queued; the others wait.
 *
 * @param queueDelay from {@code UploadComplete} to {@code InProgress}
 * @param batchOverhead added to every batch
 * @param rowsPerSecond of one batch; 0 means that rows take no org time at all
 * @param parallelBatches how many batches run at a time
 */
public record CostModel(
    Duration queueDelay, Duration batchOverhead, double rowsPerSecond, int parallelBatches) {
  public CostModel {
    if (rowsPerSecond < 0 || parallelBatches < 1 || queueDelay.isNegative()) {
      throw new IllegalArgumentException(
          "A cost model needs rowsPerSecond >= 0, parallelBatches >= 1 and no negative times");
    }
  }

  /** Rows take no org time: as fast as the machine. Batches never overlap in org time. */
  public static CostModel off() {
    return new CostModel(Duration.ZERO, Duration.ZERO, 0, 8);
  }

  /**
   * What published figures suggest for simple objects (docs/reference/salesforce.md, "Large
   * loads"): a few seconds in the queue, 1,000 rows a second and batch, five batches at a time;
   * about 18 million rows an hour.
   */
  public static CostModel realistic() {
    return new CostModel(Duration.ofSeconds(3), Duration.ofSeconds(1), 1000, 5);
  }

  /** The same with another wait before processing. */
  public CostModel withQueueDelay(Duration delay) {
    return new CostModel(delay, batchOverhead, rowsPerSecond, parallelBatches);
  }

  /** The same with another speed of one batch. */
  public CostModel withRowsPerSecond(double rows) {
    return new CostModel(queueDelay, batchOverhead, rows, parallelBatches);
  }

  /** The same with another number of batches at a time. */
  public CostModel withParallelBatches(int batches) {
    return new CostModel(queueDelay, batchOverhead, rowsPerSecond, batches);
  }

  /** From the start of a batch to the moment when so many of its rows are done. */
  public Duration until(long rows, long batchRows) {
    long nanos = rowsPerSecond == 0 ? 0 : (long) (rows / rowsPerSecond * 1e9);
    return Duration.ofNanos(nanos)
        .plus(batchOverhead.multipliedBy(rows).dividedBy(Math.max(1, batchRows)));
  }
}
