package io.initload.ledger;

import io.initload.Sha256;
import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.database.Rows;
import io.initload.ledger.entry.Altered;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.Refusals;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The rows that did not simply become a record. */
public final class ExceptionBook {
  static final RowMapper<ExceptionRow> ROW =
      (r, c) ->
          new ExceptionRow(
              r.getLong("id"),
              r.getString("table_name"),
              r.getLong("chunk_no"),
              r.getString("job"),
              r.getString("external_id"),
              ExceptionRow.State.valueOf(r.getString("state")),
              r.getInt("attempts"),
              r.getString("code"),
              r.getString("message"),
              LedgerJson.texts(r.getString("data")),
              r.getLong("corrected") == 1);

  private static final String LOADED_WITHOUT =
      " migration = ? AND table_name = ? AND state IN ('CREATED', 'UPDATED') AND left_out <> '[]'";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  ExceptionBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /** Rows waiting for another try: how many, and when the first and the last of them may go. */
  public record Pending(String table, long rows, Instant due, Instant lastDue) {}

  /** Enters the refused rows of a part that was read from the source. */
  static void enter(
      Handle h, String migration, Part part, String job, Refusals refused, Clock clock) {
    Rows batch =
        new Rows(
            h,
            "INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state,"
                + " attempts, due_at, code, message, data, left_out, digest_snapshot, updated_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
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
            "UPDATE exception_row SET data = ?, left_out = ?, digest_snapshot = CASE WHEN corrected"
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

  /** The tables with rows waiting for another try. */
  public List<Pending> pending() {
    return database.read(
        h ->
            h.select(
                    "SELECT table_name, COUNT(*) AS n, MIN(due_at) AS due, MAX(due_at) AS last"
                        + " FROM exception_row WHERE migration = ? AND state = 'PENDING' GROUP BY"
                        + " table_name ORDER BY table_name",
                    migration)
                .map(
                    (r, c) ->
                        new Pending(
                            r.getString("table_name"),
                            r.getLong("n"),
                            Instant.ofEpochMilli(r.getLong("due")),
                            Instant.ofEpochMilli(r.getLong("last"))))
                .list());
  }

  /** How often those rows of a table were tried that were tried least and may go again now. */
  public OptionalInt dueAttempts(String table) {
    return database
        .read(
            h ->
                h.select(
                        "SELECT attempts FROM exception_row WHERE migration = ? AND table_name = ?"
                            + " AND state = 'PENDING' AND due_at <= ? ORDER BY attempts LIMIT 1",
                        migration,
                        table,
                        clock.millis())
                    .mapTo(Integer.class)
                    .findOne())
        .map(OptionalInt::of)
        .orElseGet(OptionalInt::empty);
  }

  /**
   * A page of the rows of a table that were tried so often and may go again now, in entry order.
   *
   * @param after the last row of the page before; 0 for the first page
   */
  public List<ExceptionRow> due(String table, int attempts, long after, int limit) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM exception_row WHERE migration = ? AND table_name = ? AND state ="
                        + " 'PENDING' AND due_at <= ? AND attempts = ? AND id > ? ORDER BY id LIMIT"
                        + " ?",
                    migration,
                    table,
                    clock.millis(),
                    attempts,
                    after,
                    limit)
                .map(ROW)
                .list());
  }

  /** External ids of the rows that a part carries for another try, as they are booked. */
  public List<String> keysOf(Part part) {
    return database.read(
        h ->
            h.select("SELECT external_id FROM exception_row WHERE part_id = ?", part.id())
                .mapTo(String.class)
                .list());
  }

  /** How often the rows that a part carries were refused before; a part holds rows of one round. */
  public int tried(Part part) {
    return database.read(
        h ->
            h.select(
                    "SELECT COALESCE(MAX(attempts), 0) FROM exception_row WHERE part_id = ?",
                    part.id())
                .mapTo(Integer.class)
                .one());
  }

  /**
   * External ids of rows of a table that are no records: refused for good or for now, or held back.
   *
   * @param limit longest answer
   */
  public List<String> notLoaded(String table, int limit) {
    return database.read(
        h ->
            h.select(
                    "SELECT external_id FROM exception_row WHERE migration = ? AND table_name = ?"
                        + " AND state NOT IN ('CREATED', 'UPDATED') AND external_id <> '' LIMIT ?",
                    migration,
                    table,
                    limit)
                .mapTo(String.class)
                .list());
  }

  /** The row of that external id, when it was refused for good or could not be staged. */
  public Optional<ExceptionRow> refused(String table, String externalId) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM exception_row WHERE migration = ? AND table_name = ? AND"
                        + " external_id = ? AND state IN ('DEAD', 'QUARANTINED') LIMIT 1",
                    migration,
                    table,
                    externalId)
                .map(ROW)
                .findOne());
  }

  /** What was loaded in the stead of a source row, when a person corrected it. */
  public Optional<List<String>> corrected(String table, String externalId) {
    return database.read(
        h ->
            h.select(
                    "SELECT data FROM exception_row WHERE migration = ? AND table_name = ? AND"
                        + " external_id = ? AND corrected = 1 AND state IN ('CREATED', 'UPDATED')"
                        + " LIMIT 1",
                    migration,
                    table,
                    externalId)
                .map((r, c) -> LedgerJson.texts(r.getString("data")))
                .findOne());
  }

  /**
   * Fields that rows of a table were loaded without, because their records were there and do not
   * let them be changed.
   *
   * @param shown external ids that are named, at most
   */
  public List<Altered> leftOut(String table, int shown) {
    return database.read(
        h ->
            h
                .select(
                    "SELECT left_out, COUNT(*) AS n FROM exception_row WHERE"
                        + LOADED_WITHOUT
                        + " GROUP BY left_out ORDER BY left_out",
                    migration,
                    table)
                .map((r, c) -> Map.entry(r.getString("left_out"), r.getLong("n")))
                .list()
                .stream()
                .flatMap(fields -> leftOut(h, table, fields, shown))
                .toList());
  }

  private Stream<Altered> leftOut(
      Handle h, String table, Map.Entry<String, Long> fields, int shown) {
    List<String> first =
        h.select(
                "SELECT external_id FROM exception_row WHERE"
                    + LOADED_WITHOUT
                    + " AND left_out = ? ORDER BY id LIMIT ?",
                migration,
                table,
                fields.getKey(),
                shown)
            .mapTo(String.class)
            .list();
    return LedgerJson.texts(fields.getKey()).stream()
        .map(field -> new Altered(field, "CREATE_ONLY_LEFT_OUT", fields.getValue(), first));
  }

  /** The fields that a row was loaded without. */
  public Set<String> leftOut(String table, String externalId) {
    return database.read(
        h ->
            h
                .select(
                    "SELECT left_out FROM exception_row WHERE"
                        + LOADED_WITHOUT
                        + " AND external_id = ?",
                    migration,
                    table,
                    externalId)
                .mapTo(String.class)
                .list()
                .stream()
                .flatMap(fields -> LedgerJson.texts(fields).stream())
                .collect(Collectors.toSet()));
  }

  /** External ids of the rows of a chunk that were staged, but did not simply become a record. */
  public List<String> keysOfChunk(String table, long chunk) {
    return database.read(
        h ->
            h.select(
                    "SELECT external_id FROM exception_row WHERE migration = ? AND table_name = ?"
                        + " AND chunk_no = ? AND state <> 'QUARANTINED'",
                    migration,
                    table,
                    chunk)
                .mapTo(String.class)
                .list());
  }

  /** Dead letters of a table so far. */
  public long dead(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT COUNT(*) FROM exception_row WHERE migration = ? AND table_name = ? AND"
                        + " state = 'DEAD'",
                    migration,
                    table)
                .mapTo(Long.class)
                .one());
  }
}
