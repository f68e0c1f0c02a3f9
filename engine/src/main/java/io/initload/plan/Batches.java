package io.initload.plan;

/** The arithmetic of Salesforce's internal batches (salesforce reference, section 4.1). */
public final class Batches {
  /** Rows of a full batch; one is spent for each started ten thousand rows of a job. */
  public static final int ROWS = 10_000;

  private Batches() {}

  /** Batches a job of that many rows spends. */
  public static long of(long rows) {
    return (rows + ROWS - 1) / ROWS;
  }
}
