package io.initload.pipeline.settle;

import io.initload.config.TableConfig;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Refused;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.RowError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Says how the refused rows of one part are booked: to be tried again, or as dead letters.
 *
 * @param attempts how often its rows were tried by now. Not those of the part: a job may not have
 *     come to them
 * @param now when they were refused
 */
record RowVerdict(TableConfig table, int attempts, Instant now) {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  Refused of(String key, List<String> row, RowError error) {
    return new Refused(
        key,
        again(error.known()) ? ExceptionRow.State.PENDING : ExceptionRow.State.DEAD,
        attempts,
        now.plus(pause()),
        error.code(),
        error.message(),
        row);
  }

  private boolean again(ErrorCode known) {
    return known.stopsRun() || (known.errorClass().isRetried() && attempts <= table.retries());
  }

  /** Doubled with each try. */
  private Duration pause() {
    Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(attempts - 1, 10));
    return wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY;
  }
}
