package io.initload.ledger;

import io.initload.Sha256;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.database.Rows;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Refusals;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Enters and moves rows of the {@link ExceptionBook}, within the transaction that books a part. */
final class RefusedRows {
  private RefusedRows() {}

  /** Enters the refused rows of a part that was read from the source. */
  static void enter(
      Handle h, String migration, Part part, String job, Refusals refused, Clock clock) {
    Rows batch =
        new Rows(
            h,
            "INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state,"
                + " attempts, due_at, code, message, data, left_out, digest_snapshot, staged,"
                + " updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    refused.each(
        row ->
            batch.add(
                migration,
                part.table(),
                part.chunk().orElseThrow(),
                job,
                row.externalId(),
                row.state().name(),
                row.attempts(),
                row.dueAt().toEpochMilli(),
                row.code(),
                row.message(),
                LedgerJson.texts(row.data()),
                LedgerJson.texts(row.leftOut()),
                row.leftOut().isEmpty() ? "" : digest(row.sent()),
                row.leftOut().isEmpty() ? null : LedgerJson.texts(row.sent()),
                clock.millis()));
    long entered = batch.send();
    if (entered != refused.count()) {
      throw new IllegalStateException(
          "%s: %d refused rows, %d shown".formatted(part.name(), refused.count(), entered));
    }
  }

  /** Moves the rows that a retry part carried. */
  static void settle(
      Handle h, Part part, String job, Booking booking, Optional<Long> rest, Clock clock) {
    move(h, part, job, booking.createdKeys(), ExceptionRow.State.CREATED, clock);
    move(h, part, job, booking.updatedKeys(), ExceptionRow.State.UPDATED, clock);
    leaveOut(h, part, booking);
    Rows batch =
        new Rows(
            h,
            "UPDATE exception_row SET state = ?, part_id = NULL, job = ?, attempts = ?, due_at = ?,"
                + " code = ?, message = ?, updated_at = ? WHERE part_id = ? AND external_id = ?");
    booking
        .refused()
        .each(
            row ->
                batch.add(
                    row.state().name(),
                    job,
                    row.attempts(),
                    row.dueAt().toEpochMilli(),
                    row.code(),
                    row.message(),
                    clock.millis(),
                    part.id(),
                    row.externalId()));
    batch.send();
    rest.ifPresent(
        id -> h.execute("UPDATE exception_row SET part_id = ? WHERE part_id = ?", id, part.id()));
    if (booking.lost() > 0 && giveBack(h, part, clock) == booking.lost()) {
      return;
    }
    long left =
        h.select("SELECT COUNT(*) FROM exception_row WHERE part_id = ?", part.id())
            .mapTo(Long.class)
            .one();
    if (left > 0) {
      throw new IllegalStateException(
          left + " rows of " + part.name() + " were booked by no outcome");
    }
  }

  /**
   * Empties the fields without which rows are tried again. How a row was read is noted before,
   * where nobody changed it since.
   */
  private static void leaveOut(Handle h, Part part, Booking booking) {
    Rows batch =
        new Rows(
            h,
            "UPDATE exception_row SET staged = COALESCE(staged, data), data = ?, left_out = ?,"
                + " digest_snapshot = CASE WHEN corrected"
                + " = 0 AND digest_snapshot = '' THEN ? ELSE digest_snapshot END WHERE part_id = ?"
                + " AND external_id = ?");
    booking
        .refused()
        .each(
            row -> {
              if (!row.leftOut().isEmpty()) {
                batch.add(
                    LedgerJson.texts(row.data()),
                    LedgerJson.texts(row.leftOut()),
                    digest(row.sent()),
                    part.id(),
                    row.externalId());
              }
            });
    batch.send();
  }

  private static String digest(List<String> row) {
    return Sha256.of(LedgerJson.texts(row));
  }

  /** Rows that a part carries and no job took wait for another try again. */
  static int giveBack(Handle h, Part part, Clock clock) {
    return h.execute(
        "UPDATE exception_row SET state = 'PENDING', part_id = NULL, updated_at = ? WHERE part_id ="
            + " ?",
        clock.millis(),
        part.id());
  }

  private static void move(
      Handle h,
      Part part,
      String job,
      Collection<String> keys,
      ExceptionRow.State state,
      Clock clock) {
    Rows batch =
        new Rows(
            h,
            "UPDATE exception_row SET state = ?, part_id = NULL, job = ?, updated_at = ? WHERE"
                + " part_id = ? AND external_id = ?");
    keys.forEach(k -> batch.add(state.name(), job, clock.millis(), part.id(), k));
    batch.send();
  }
}
