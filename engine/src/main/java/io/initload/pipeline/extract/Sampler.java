package io.initload.pipeline.extract;

import io.initload.mapping.canonical.SampleOrder;

/**
 * Keeps the rows that the comparison field by field may take: the first ones in {@link
 * SampleOrder}, and some more. How many rows lie below a place is known about, not exactly; and
 * some rows will be refused.
 */
final class Sampler {
  private final long below;

  /**
   * @param wanted rows to compare
   * @param rows rows of the table
   */
  Sampler(long wanted, long rows) {
    double kept = (double) wanted + spare(wanted);
    this.below =
        (double) rows <= kept
            ? SampleOrder.SPACE
            : (long) (SampleOrder.SPACE * (kept / (double) rows));
  }

  /** Six standard deviations of a count: what is kept is enough in all but one of 10^9 tables. */
  private static double spare(long wanted) {
    return wanted == 0 ? 0 : 20 + 6 * Math.sqrt((double) wanted);
  }

  /**
   * @param place of a row in that order
   */
  boolean takes(long place) {
    return place < below;
  }
}
