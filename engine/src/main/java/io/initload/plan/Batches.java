package io.initload.plan;

import java.util.Locale;

/**
 * How well the batches that were begun are filled: each has room for {@value
 * LoadEstimate#BATCH_ROWS} rows, and the daily allowance counts it whole.
 *
 * @param rows rows sent, those sent again included
 * @param started batches begun for them
 * @param waste empty places among all places, from 0 to 1
 */
public record Batches(long rows, long started, double waste) {
  /** The most a large table may waste: one place in so many. */
  static final long BEARABLE = 100;

  /** Batches from which on a table is large: the last one, almost empty, is bearable then. */
  static final long LARGE = 100;

  public static Batches of(long rows, long started) {
    double places = (double) started * LoadEstimate.BATCH_ROWS;
    return new Batches(rows, started, started == 0 ? 0 : Math.max(0, 1 - rows / places));
  }

  public Batches plus(Batches other) {
    return of(rows + other.rows, started + other.started);
  }

  /** Whether so many places of a large table are empty that its cut should be looked at. */
  public boolean wasteful() {
    long places = started * LoadEstimate.BATCH_ROWS;
    return started >= LARGE && (places - rows) * BEARABLE > places;
  }

  /** The waste for people. */
  public String percent() {
    return String.format(Locale.ROOT, "%.1f%%", 100 * waste);
  }
}
