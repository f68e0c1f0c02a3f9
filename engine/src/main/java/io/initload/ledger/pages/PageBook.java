package io.initload.ledger.pages;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.ExceptionRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/**
 * Chunks, jobs and rows that need a person, a page at a time: however many there are, what is read
 * is no more than one page.
 */
public final class PageBook {
  /** The longest page. */
  public static final int ROWS_MAX = 200;

  /** Characters of a message that a page shows. */
  private static final int MESSAGE_CHARS = 500;

  private static final RowMapper<ChunkLine> CHUNK =
      (r, c) ->
          new ChunkLine(
              r.getLong("no"),
              Chunk.State.valueOf(r.getString("state")),
              Optional.ofNullable(r.getString("owner")),
              r.getLong("expected_rows"),
              r.getLong("rows_read"),
              r.getLong("quarantined"),
              r.getLong("rows_staged"),
              Instant.ofEpochMilli(r.getLong("updated_at")));

  private static final RowMapper<JobLine> JOB =
      (r, c) ->
          new JobLine(
              r.getLong("id"),
              r.getString("table_name"),
              r.getString("object"),
              Optional.ofNullable(r.getString("part")),
              Optional.ofNullable(r.getString("sf_id")),
              r.getString("state"),
              Instant.ofEpochMilli(r.getLong("intent_at")),
              moment((Number) r.getObject("submitted_at")),
              moment((Number) r.getObject("ended_at")),
              r.getLong("records"),
              r.getLong("batches"),
              r.getLong("processed"),
              r.getLong("failed"),
              r.getString("error"));

  private static final RowMapper<RefusedLine> REFUSED =
      (r, c) ->
          new RefusedLine(
              r.getLong("id"),
              r.getLong("chunk_no"),
              r.getString("job"),
              r.getString("external_id"),
              r.getInt("attempts"),
              r.getString("message"),
              r.getLong("corrected") == 1);

  private final LedgerDatabase database;
  private final String migration;

  public PageBook(LedgerDatabase database, String migration) {
    this.database = database;
    this.migration = migration;
  }

  /**
   * A chunk of a pass.
   *
   * @param owner the worker that reads it
   */
  public record ChunkLine(
      long no,
      Chunk.State state,
      Optional<String> owner,
      long expectedRows,
      long rowsRead,
      long quarantined,
      long rowsStaged,
      Instant changedAt) {}

  /**
   * A job, as far as it came.
   *
   * @param part name of what it loads; empty for the probe of an org's compression
   * @param sfId empty until the org's answer to create is known
   * @param state as of {@link io.initload.ledger.entry.Job.State}, or {@code PROBE}
   * @param records reserved of the daily allowance
   * @param processed rows the org tried, those it refused included
   * @param error the first {@value #MESSAGE_CHARS} characters of what the org said; may be empty
   */
  public record JobLine(
      long id,
      String table,
      String object,
      Optional<String> part,
      Optional<String> sfId,
      String state,
      Instant intentAt,
      Optional<Instant> submittedAt,
      Optional<Instant> endedAt,
      long records,
      long batches,
      long processed,
      long failed,
      String error) {}

  /**
   * A row that needs a person, without its fields.
   *
   * @param message its first {@value #MESSAGE_CHARS} characters
   */
  public record RefusedLine(
      long id,
      long chunk,
      String job,
      String externalId,
      int attempts,
      String message,
      boolean corrected) {}

  /** How many chunks of a pass are in which state; states of none are left out. */
  public Map<Chunk.State, Long> chunkStates(String table) {
    return database.read(
        h -> {
          Map<Chunk.State, Long> states = new TreeMap<>();
          h.select(
                  "SELECT state, COUNT(*) FROM chunk WHERE migration = ? AND table_name = ? GROUP"
                      + " BY state",
                  migration,
                  table)
              .map((r, c) -> Map.entry(Chunk.State.valueOf(r.getString(1)), r.getLong(2)))
              .forEach(e -> states.put(e.getKey(), e.getValue()));
          return states;
        });
  }

  /**
   * Chunks of a pass by their numbers.
   *
   * @param state empty for any
   * @param after number of the last one seen; 0 to begin
   */
  public List<ChunkLine> chunks(String table, Optional<Chunk.State> state, long after, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT no, state, owner, expected_rows, rows_read, quarantined, rows_staged,"
                        + " updated_at FROM chunk WHERE migration = :migration AND table_name ="
                        + " :table AND no > :after AND (:any = 1 OR state = :state) ORDER BY no"
                        + " LIMIT :limit")
                .bind("migration", migration)
                .bind("table", table)
                .bind("after", after)
                .bind("any", state.isEmpty() ? 1 : 0)
                .bind("state", state.map(Enum::name).orElse(""))
                .bind("limit", bounded(limit))
                .map(CHUNK)
                .list());
  }

  /**
   * Jobs, the newest first.
   *
   * @param table a pass; empty for all
   * @param before id of the last one seen; {@link Long#MAX_VALUE} to begin
   */
  public List<JobLine> jobs(Optional<String> table, long before, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT j.*, p.name AS part, SUBSTR(j.error_message, 1, :chars) AS error FROM"
                        + " job j LEFT JOIN part p ON p.id = j.part_id WHERE j.migration ="
                        + " :migration AND (:any = 1 OR j.table_name = :table) AND j.id < :before"
                        + " ORDER BY j.id DESC LIMIT :limit")
                .bind("migration", migration)
                .bind("any", table.isEmpty() ? 1 : 0)
                .bind("table", table.orElse(""))
                .bind("before", before)
                .bind("chars", MESSAGE_CHARS)
                .bind("limit", bounded(limit))
                .map(JOB)
                .list());
  }

  /**
   * Rows of a pass that need a person for one reason, in the order in which they were entered.
   *
   * @param after id of the last one seen; 0 to begin
   */
  public List<RefusedLine> refused(
      String table, ExceptionRow.State state, String code, long after, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    "SELECT id, chunk_no, job, external_id, attempts, corrected, SUBSTR(message, 1,"
                        + " :chars) AS message FROM exception_row WHERE migration = :migration AND"
                        + " table_name = :table AND state = :state AND code = :code AND id > :after"
                        + " ORDER BY id LIMIT :limit")
                .bind("migration", migration)
                .bind("table", table)
                .bind("state", state.name())
                .bind("code", code)
                .bind("after", after)
                .bind("chars", MESSAGE_CHARS)
                .bind("limit", bounded(limit))
                .map(REFUSED)
                .list());
  }

  private static int bounded(int limit) {
    return Math.max(0, Math.min(limit, ROWS_MAX));
  }

  private static Optional<Instant> moment(@Nullable Number millis) {
    return Optional.ofNullable(millis).map(m -> Instant.ofEpochMilli(m.longValue()));
  }
}
