package io.initload.simulator.query;

import java.time.Duration;

/**
 * What is not known for sure about queries, or differs from org to org.
 *
 * @param scannedRowsMax records one REST query may read by scanning before {@code QUERY_TIMEOUT};
 *     ids and external ids are looked up without scanning
 * @param locatorLife how long a REST query can be continued, in org time
 *     (docs/reference/salesforce.md, "Limits")
 * @param bulkPageRows rows in a page of Bulk query results when the client does not say
 */
public record QueryRules(long scannedRowsMax, Duration locatorLife, int bulkPageRows) {
  public QueryRules {
    if (scannedRowsMax < 0 || bulkPageRows < 1 || locatorLife.isNegative()) {
      throw new IllegalArgumentException(
          "query rules must not be negative, and a page holds at least one row");
    }
  }

  /** No timeouts, locators for two days, pages of 50,000. */
  public static QueryRules usual() {
    return new QueryRules(Long.MAX_VALUE, Duration.ofDays(2), 50_000);
  }

  /** The same with {@code QUERY_TIMEOUT} after so many scanned records. */
  public QueryRules withScannedRowsMax(long rows) {
    return new QueryRules(rows, locatorLife, bulkPageRows);
  }

  /** The same with another size of unasked pages of Bulk results. */
  public QueryRules withBulkPageRows(int rows) {
    return new QueryRules(scannedRowsMax, locatorLife, rows);
  }
}
