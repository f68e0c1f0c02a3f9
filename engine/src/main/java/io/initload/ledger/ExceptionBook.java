package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.entry.Altered;
import io.initload.ledger.entry.ExceptionRow;
import io.initload.ledger.entry.Part;
import java.time.Clock;
import java.time.Instant;
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

  /**
   * External ids of the rows of a chunk that did not simply become a record, whatever became of
   * them; empty for rows that have none.
   */
  public List<String> keysOfChunk(String table, long chunk) {
    return database.read(
        h ->
            h.select(
                    "SELECT external_id FROM exception_row WHERE migration = ? AND table_name = ?"
                        + " AND chunk_no = ?",
                    migration,
                    table,
                    chunk)
                .mapTo(String.class)
                .list());
  }

  /** External ids of the rows of a chunk that were held back when it was read. */
  public List<String> heldOfChunk(String table, long chunk) {
    return database.read(
        h ->
            h.select(
                    "SELECT external_id FROM exception_row WHERE migration = ? AND table_name = ?"
                        + " AND chunk_no = ? AND ((state = 'QUARANTINED' AND staged IS NULL) OR"
                        + " staged = '')",
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
