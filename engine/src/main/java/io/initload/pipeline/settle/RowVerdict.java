package io.initload.pipeline.settle;

import io.initload.config.TableConfig;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Refused;
import io.initload.salesforce.errors.ErrorCode;
import io.initload.salesforce.errors.RowError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Says how the refused rows of one part are booked: to be tried again, or as dead letters.
 *
 * @param header of its rows
 * @param attempts how often its rows were tried by now. Not those of the part: a job may not have
 *     come to them
 * @param now when they were refused
 */
record RowVerdict(TableConfig table, List<String> header, int attempts, Instant now) {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(5);

  /**
   * How one of them is booked.
   *
   * @param leftOut the fields without which it is tried again; none when it is as it was
   */
  Refused of(String key, List<String> row, RowError error, List<Integer> leftOut) {
    List<String> data = new ArrayList<>(row);
    leftOut.forEach(field -> data.set(field, ""));
    return new Refused(
        key,
        !leftOut.isEmpty() || again(error.known())
            ? ExceptionRow.State.PENDING
            : ExceptionRow.State.DEAD,
        attempts,
        now.plus(pause()),
        error.code(),
        error.message(),
        row,
        data,
        leftOut.stream().map(header::get).toList());
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
