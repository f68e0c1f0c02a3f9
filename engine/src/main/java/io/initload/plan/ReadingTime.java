package io.initload.plan;

import java.time.Duration;
import java.util.List;

/**
 * How long the source must keep the snapshot, about: tables are read when those before them are
 * loaded, and of a table no more than fits into the staging directory is read ahead, so the daily
 * allowances of the org hold up reading too.
 */
public final class ReadingTime {
  /**
   * What all sessions together read: a careful guess, since nobody knows the database, its disks
   * and the network beforehand.
   */
  public static final long ROWS_PER_SECOND = 50_000;

  private ReadingTime() {}

  /**
   * Estimates the time from the snapshot to the last row read.
   *
   * @param groups tables that are loaded one group after the other
   * @param stagingBytes staged files that may wait for the org
   * @param dailyRecords records the org takes in any rolling 24 hours
   * @param dailyBatches batches the org takes in any rolling 24 hours
   */
  public static Duration of(
      List<LoadEstimate> groups, long stagingBytes, long dailyRecords, long dailyBatches) {
    LoadEstimate loaded = LoadEstimate.NONE;
    long rows = 0;
    for (int i = 0; i < groups.size(); i++) {
      LoadEstimate group = groups.get(i);
      rows += group.rows();
      long staged = group.stagedBytes();
      boolean ahead = i == groups.size() - 1;
      double share = ahead && staged > 0 ? Math.max(0, 1 - (double) stagingBytes / staged) : 1;
      loaded = loaded.plus(group.times(share));
    }
    // The first allowance is there from the start.
    long days = Math.max(0, loaded.days(dailyRecords, dailyBatches) - 1);
    return Duration.ofDays(days).plusSeconds(rows / ROWS_PER_SECOND);
  }
}
