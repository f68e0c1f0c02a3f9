package io.initload.plan.scan;

import java.util.List;

/**
 * What one pass over a table tells.
 *
 * @param rows that were looked at
 * @param sampled whether they are a sample of the table's
 * @param hits of each test, in the order that they were asked in
 * @param held rows that are quarantined, each counted once
 * @param refused rows that the org refuses and that are not quarantined, each counted once
 */
public record ScanResult(long rows, boolean sampled, List<Hits> hits, long held, long refused) {
  public ScanResult {
    hits = List.copyOf(hits);
  }

  /**
   * Of one test.
   *
   * @param longest UTF-16 units of the longest text that it hits; 0 where it is about none
   */
  public record Hits(long rows, long longest) {}
}
