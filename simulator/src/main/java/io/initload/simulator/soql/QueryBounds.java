package io.initload.simulator.soql;

import java.util.function.BooleanSupplier;

/**
 * What one run of a query may cost.
 *
 * @param scannedRowsMax records read by scans before {@code QUERY_TIMEOUT}; lookups by id or key do
 *     not count
 * @param stop asked now and then; true ends the run with {@link
 *     java.util.concurrent.CancellationException}
 */
public record QueryBounds(long scannedRowsMax, BooleanSupplier stop) {
  /** No bound but the end of the data. */
  public static QueryBounds none() {
    return new QueryBounds(Long.MAX_VALUE, () -> false);
  }
}
