package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.Rows;
import io.initload.ledger.entry.Booking;
import io.initload.ledger.entry.Job;
import io.initload.ledger.entry.KeptReceipt;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Part;
import io.initload.ledger.entry.PartKind;
import io.initload.ledger.entry.Worker;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The parts of the migration: entering, settling, finding. Jobs move them in between. */
public final class PartBook {
  /**
   * Rows of a chunk that are in one of its parts, are booked as a record, or are listed one by one:
   * refused rows, and those that were quarantined until a person corrected them.
   */
  static final String IN_PARTS =
      "((SELECT COALESCE(SUM(CASE p.state WHEN 'LOST' THEN 0 WHEN 'SETTLED' THEN p.created +"
          + " p.updated ELSE p.row_count END), 0) FROM part p WHERE p.migration = chunk.migration"
          + " AND p.table_name = chunk.table_name AND p.chunk_no = chunk.no)"
          + " + (SELECT COUNT(*) FROM exception_row e WHERE e.migration = chunk.migration AND"
          + " e.table_name = chunk.table_name AND e.chunk_no = chunk.no AND e.state <>"
          + " 'QUARANTINED'))";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final Scope scope;

  PartBook(LedgerDatabase database, String migration, Clock clock, Scope scope) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
    this.scope = scope;
  }

  static long insert(Handle h, String migration, String table, NewPart part, Clock clock) {
    return h.createUpdate(
            "INSERT INTO part (migration, table_name, chunk_no, kind, name, host, path, row_count,"
                + " csv_bytes, gzip_bytes, sha256, attempt, serial, state, updated_at) VALUES"
                + " (:migration, :table, :chunk, :kind, :name, :host, :path, :rows, :csv, :gzip,"
                + " :sha, :attempt, :serial, 'SEALED', :now)")
        .bind("migration", migration)
        .bind("table", table)
        .bind("chunk", part.chunk().isPresent() ? (Long) part.chunk().getAsLong() : null)
        .bind("kind", part.kind().name())
        .bind("name", part.name())
        .bind("host", part.host())
        .bind("path", part.path().toString())
        .bind("rows", part.rows())
        .bind("csv", part.csvBytes())
        .bind("gzip", part.gzipBytes())
        .bind("sha", part.sha256())
        .bind("attempt", part.attempt())
        .bind("serial", part.serial() ? 1 : 0)
        .bind("now", clock.millis())
        .executeAndReturnGeneratedKeys("id")
        .mapTo(Long.class)
        .one();
  }

  /**
   * A part in a worker's hands whose job was begun.
   *
   * @param job the newest of the part; names the claim too, since a worker's threads share its id
   */
  public record Taken(Part part, Job job) {}

  /** Takes a part whose job ended, to settle it. */
  public Optional<Taken> claimEnded(Worker worker) {
    return claim(worker, "state IN ('COMPLETE', 'FAILED', 'ABORTED') AND owner IS NULL");
  }

  /**
   * Takes a part in flight whose worker is gone, to find out how things stand. All such parts in
   * turn: what is to become of one may hang on another.
   */
  public Optional<Taken> claimAdoptable(Worker worker) {
    return claim(
        worker, "state IN ('RESERVED', 'CREATED', 'UPLOADED', 'SUBMITTED') AND owner IS NULL");
  }

  private Optional<Taken> claim(Worker worker, String condition) {
    return database.take(
        h ->
            h.select(
                    "SELECT * FROM part WHERE migration = ? AND "
                        + condition
                        + " AND "
                        + scope.hosts()
                        + scope.condition("chunk_no")
                        + " ORDER BY updated_at, id LIMIT 1",
                    scope.values(migration, worker.host()))
                .map(PartRow.MAPPER)
                .findOne()
                .map(p -> new Taken(p, JobRow.last(h, p).orElseThrow())),
        (h, begun) ->
            h.execute(
                "UPDATE part SET owner = ?, updated_at = ? WHERE id = ?",
                worker.id(),
                clock.millis(),
                begun.part().id()));
  }

  /**
   * Lets another step, or another worker, take the part. A part that came out of hand on the way
   * may have been taken for a next job already, perhaps by a thread of the same worker: then it is
   * left alone.
   */
  public void release(Part part, Job job, Worker worker) {
    database.transact(
        h ->
            h.execute(
                "UPDATE part SET owner = NULL WHERE id = ? AND owner = ? AND NOT EXISTS (SELECT 1"
                    + " FROM job WHERE part_id = part.id AND id > ?)",
                part.id(),
                worker.id(),
                job.id()));
  }

  /**
   * Books every row of a part whose job ended. All or nothing; a second booking of the same part is
   * refused, so settling may be repeated after a crash.
   *
   * @throws LostClaim when the part is not the worker's or is settled already
   * @throws IllegalStateException when the booking does not account for every row
   */
  public void settle(Part part, Worker worker, String sfJob, Booking booking) {
    if (booking.rows() != part.rows()) {
      throw new IllegalStateException(
          "%s has %d rows, its booking %d".formatted(part.name(), part.rows(), booking.rows()));
    }
    database.transact(
        h -> {
          int held =
              h.execute(
                  "UPDATE part SET state = 'SETTLED', owner = NULL, created = ?, updated = ?,"
                      + " excepted = ?, moved = ?, receipt = ?, receipt_host = ?,"
                      + " receipt_sha256 = ?, updated_at = ? WHERE id = ? AND owner = ? AND"
                      + " state IN ('COMPLETE', 'FAILED', 'ABORTED')",
                  booking.created(),
                  booking.updated(),
                  booking.refused().count(),
                  booking.moved(),
                  booking.receipt().map(Booking.Receipt::name).orElse(null),
                  booking.receipt().isPresent() ? worker.host() : null,
                  booking.receipt().map(Booking.Receipt::sha256).orElse(null),
                  clock.millis(),
                  part.id(),
                  worker.id());
          if (held != 1) {
            throw new LostClaim("Part " + part.name());
          }
          Optional<Long> rest =
              booking.rest().map(r -> insert(h, migration, part.table(), r, clock));
          if (part.kind() == PartKind.DATA || part.chunk().isPresent()) {
            RefusedRows.enter(h, migration, part, sfJob, booking.refused(), clock);
          } else {
            RefusedRows.settle(h, part, sfJob, booking, rest, clock);
          }
          reopen(h, part);
          closeChunks(h, migration, part.table());
          return held;
        });
  }

  /**
   * None of the part's rows was attempted: it is loaded again as it is.
   *
   * @param failures how many tries in vain are counted for that
   */
  public void again(Part part, Worker worker, int failures) {
    database.transact(
        h -> {
          int held =
              h.execute(
                  "UPDATE part SET state = 'SEALED', owner = NULL, attempt = attempt + ?,"
                      + " updated_at = ? WHERE id = ? AND owner = ? AND state IN ('COMPLETE',"
                      + " 'FAILED', 'ABORTED')",
                  failures,
                  clock.millis(),
                  part.id(),
                  worker.id());
          if (held != 1) {
            throw new LostClaim("Part " + part.name());
          }
          return held;
        });
  }

  /**
   * Gives up a sealed part that another host staged and nobody there will load; its rows are read
   * again.
   *
   * @return the part; empty when there is none
   */
  public Optional<Part> loseElsewhere(Worker worker) {
    return database.take(
        h ->
            h.select(
                    "SELECT * FROM part WHERE migration = ? AND host <> ? AND state = 'SEALED'"
                        + " AND owner IS NULL AND "
                        + scope.hosts()
                        + scope.condition("chunk_no")
                        + " ORDER BY id LIMIT 1",
                    scope.values(migration, worker.host(), worker.host()))
                .map(PartRow.MAPPER)
                .findOne(),
        this::lose);
  }

  /** Gives up a part whose staged file is not what was sealed; its rows are read again. */
  public void lost(Part part) {
    database.transact(h -> lose(h, part));
  }

  private int lose(Handle h, Part part) {
    int lost =
        h.execute(
            "UPDATE part SET state = 'LOST', updated_at = ? WHERE id = ? AND state = 'SEALED' AND"
                + " owner IS NULL",
            clock.millis(),
            part.id());
    if (lost == 1 && part.chunk().isEmpty()) {
      RefusedRows.giveBack(h, part, clock);
    } else if (lost == 1) {
      reopen(h, part);
    }
    return lost;
  }

  /**
   * Has a chunk read again when rows of it are in no part, as soon as all its parts are settled.
   */
  private void reopen(Handle h, Part part) {
    if (part.chunk().isPresent()) {
      h.execute(
          "UPDATE chunk SET state = 'PLANNED', updated_at = ? WHERE migration = ? AND table_name ="
              + " ? AND no = ? AND state = 'STAGED' AND NOT EXISTS (SELECT 1 FROM part p WHERE"
              + " p.migration = chunk.migration AND p.table_name = chunk.table_name AND p.chunk_no"
              + " = chunk.no AND p.state NOT IN ('SETTLED', 'LOST')) AND rows_staged > "
              + IN_PARTS,
          clock.millis(),
          migration,
          part.table(),
          part.chunk().getAsLong());
    }
  }

  /** Chunks of a table of which nothing is on its way are settled. */
  static void closeChunks(Handle h, String migration, String table) {
    h.execute(
        """
        UPDATE chunk SET state = 'SETTLED' WHERE migration = ? AND table_name = ? AND state = 'STAGED'
          AND NOT EXISTS (SELECT 1 FROM part p WHERE p.migration = chunk.migration
            AND p.table_name = chunk.table_name AND p.chunk_no = chunk.no
            AND p.state NOT IN ('SETTLED', 'LOST'))
          AND NOT EXISTS (SELECT 1 FROM exception_row e WHERE e.migration = chunk.migration
            AND e.table_name = chunk.table_name AND e.chunk_no = chunk.no
            AND e.state IN ('PENDING', 'RETRYING'))
        """,
        migration,
        table);
  }

  /**
   * Enters rows gathered for another try as a part.
   *
   * @param rows their ids in the books
   * @throws LostClaim when another worker took any of them meanwhile; nothing is entered then
   */
  public void enterRetry(String table, NewPart part, List<Long> rows) {
    database.transact(
        h -> {
          long id = insert(h, migration, table, part, clock);
          Rows batch =
              new Rows(
                  h,
                  "UPDATE exception_row SET state = 'RETRYING', part_id = ?, updated_at = ? WHERE"
                      + " id = ? AND state = 'PENDING'");
          rows.forEach(r -> batch.add(id, clock.millis(), r));
          if (batch.send() != rows.size()) {
            throw new LostClaim("A row gathered into " + part.name());
          }
          return id;
        });
  }

  /** The lists of a table, in the order in which its parts were entered. */
  public List<KeptReceipt> receipts(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT receipt, receipt_host, created, receipt_sha256 FROM part WHERE"
                        + " migration = ? AND table_name = ? AND receipt IS NOT NULL ORDER BY id",
                    migration,
                    table)
                .map(
                    (r, c) ->
                        new KeptReceipt(
                            r.getString(1),
                            r.getString(2),
                            r.getLong(3),
                            Optional.ofNullable(r.getString(4))))
                .list());
  }

  /**
   * Names of all staged files this migration still needs, so that the others can be swept; on
   * whatever host they lie, for hosts may share a disk.
   */
  public Set<Path> neededFiles() {
    return database.read(
        h ->
            new HashSet<>(
                h.select(
                        "SELECT path FROM part WHERE migration = ? AND state NOT IN ('SETTLED',"
                            + " 'LOST')",
                        migration)
                    .map((r, c) -> Path.of(r.getString("path")))
                    .list()));
  }

  /** Names of the staged files on a host that nobody needs any more, as far as the scope goes. */
  public Set<Path> spentFiles(String host) {
    return database.read(
        h ->
            new HashSet<>(
                h.select(
                        "SELECT path FROM part WHERE migration = ? AND host = ? AND state IN"
                            + " ('SETTLED', 'LOST')"
                            + scope.condition("chunk_no"),
                        scope.values(migration, host))
                    .map((r, c) -> Path.of(r.getString("path")))
                    .list()));
  }

  /** The chunk that a job's part was read from; empty where its rows are of several. */
  public OptionalLong chunkOf(Job job) {
    return database.read(
        h ->
            h
                .select(
                    "SELECT chunk_no FROM part WHERE id = ? AND chunk_no IS NOT NULL", job.part())
                .mapTo(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst());
  }

  /** The parts read from one chunk, and what was left of them. */
  public List<Part> ofChunk(String table, long chunk) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM part WHERE migration = ? AND table_name = ? AND chunk_no = ?"
                        + " ORDER BY id",
                    migration,
                    table,
                    chunk)
                .map(PartRow.MAPPER)
                .list());
  }
}
