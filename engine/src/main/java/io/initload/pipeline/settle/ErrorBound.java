package io.initload.pipeline.settle;

import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.entry.TableBooks;
import org.jspecify.annotations.Nullable;

/** Stops a table whose mapping is wrong before it burns the quota ({@code stopAfterErrors}). */
public final class ErrorBound {
  /** Below this many settled rows a percentage says nothing. */
  private static final long ROWS_MIN = 10_000;

  private ErrorBound() {}

  public static void check(TableConfig table, long dead, @Nullable TableBooks books) {
    if (books == null) {
      return;
    }
    long settled = books.created() + books.updated() + dead;
    boolean tooMany = dead >= table.stopAfterErrors().rows();
    boolean tooLarge =
        settled >= ROWS_MIN
            && table.stopAfterErrors().percent() < 100
            && dead * 100.0 > table.stopAfterErrors().percent() * settled;
    if (tooMany || tooLarge) {
      throw new Failure(
          Failure.Kind.FAILED,
          "TOO_MANY_ERRORS",
          "%,d of the %,d rows of %s settled so far were refused, more than stopAfterErrors allows."
              .formatted(dead, settled, table.name()),
          "Look at `initload dead-letters list` and mend the cause; then `initload dead-letters"
              + " replay` tries those rows again and goes on with the table. Or raise"
              + " stopAfterErrors: the same command without either stops again at the next part.");
    }
  }
}
