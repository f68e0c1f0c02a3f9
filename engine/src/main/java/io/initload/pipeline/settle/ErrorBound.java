package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.config.TableConfig.ErrorLimit;
import io.initload.ledger.entry.TableBooks;
import org.jspecify.annotations.Nullable;

/** Stops a table whose mapping is wrong before it burns the quota ({@code stopAfterErrors}). */
public final class ErrorBound {
  /** Below this many settled rows a percentage says nothing, as long as some were loaded. */
  private static final long ROWS_MIN = 10_000;

  /** So many refused rows and not one that was loaded are no bad luck. */
  private static final long NOTHING_MIN = 100;

  private ErrorBound() {}

  /**
   * Lets a table go on, or not.
   *
   * @param dead rows refused for good so far
   * @throws Failure {@code TOO_MANY_ERRORS}
   */
  public static void check(TableConfig table, long dead, @Nullable TableBooks books) {
    if (books == null) {
      return;
    }
    ErrorLimit limit = table.stopAfterErrors();
    long loaded = books.created() + books.updated();
    long settled = loaded + dead;
    boolean tooMany = dead >= limit.rows();
    boolean tooLarge =
        settled >= ROWS_MIN && limit.percent() < 100 && dead * 100.0 > limit.percent() * settled;
    if (tooMany || tooLarge) {
      throw failure(
          "%,d of the %,d rows of %s settled so far were refused, more than stopAfterErrors allows."
              .formatted(dead, settled, table.name()));
    }
    boolean over = books.openChunks() == 0 && books.openParts() == 0;
    long kept = dead + (over ? books.quarantined() : 0);
    boolean nothing = loaded == 0 && books.pending() == 0 && kept > 0;
    if (nothing && limit.percent() < 100 && (over || kept >= NOTHING_MIN)) {
      throw failure(
          "Not one row of %s was loaded: %,d were refused and %,d quarantined."
              .formatted(table.name(), dead, books.quarantined()));
    }
  }

  private static Failure failure(String message) {
    return new Failure(
        Failure.Kind.FAILED,
        "TOO_MANY_ERRORS",
        message,
        "Look at `initload dead-letters list` and mend the cause; then `initload dead-letters"
            + " replay` tries those rows again and goes on with the table. Or raise"
            + " stopAfterErrors: the same command without either stops again.");
  }
}
