package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.database.Rows;
import io.initload.ledger.digests.DigestBook;
import io.initload.ledger.entry.Altered;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.NewPart;
import io.initload.ledger.entry.Quarantine;
import io.initload.ledger.entry.Sampled;
import io.initload.ledger.entry.Staged;
import io.initload.ledger.entry.Staged.Digested;
import io.initload.ledger.entry.Worker;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The chunks of the migration and who reads them. */
public final class ChunkBook {
  private static final RowMapper<Chunk> CHUNK =
      (r, c) ->
          new Chunk(
              r.getString("table_name"),
              r.getLong("no"),
              LedgerJson.bounds(r.getString("bounds")),
              r.getLong("expected_rows"),
              r.getLong("exact") == 1,
              Chunk.State.valueOf(r.getString("state")),
              Optional.ofNullable(r.getString("owner")),
              r.getLong("rows_read"),
              r.getLong("quarantined"),
              r.getLong("rows_staged"));

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final Scope scope;

  ChunkBook(LedgerDatabase database, String migration, Clock clock, Scope scope) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
    this.scope = scope;
  }

  /** Takes the next planned chunk of any of the tables. */
  public Optional<Chunk> claim(Collection<String> tables, Worker worker) {
    return database.take(
        h -> tables.stream().flatMap(table -> planned(h, table).stream()).findFirst(),
        (h, chunk) ->
            h.execute(
                "UPDATE chunk SET state = 'EXTRACTING', owner = ?, updated_at = ? WHERE migration"
                    + " = ? AND table_name = ? AND no = ?",
                worker.id(),
                clock.millis(),
                migration,
                chunk.table(),
                chunk.no()));
  }

  private Optional<Chunk> planned(Handle h, String table) {
    return h.select(
            "SELECT * FROM chunk WHERE migration = ? AND table_name = ? AND state = 'PLANNED'"
                + scope.condition("no")
                + " ORDER BY no LIMIT 1",
            scope.values(migration, table))
        .map(CHUNK)
        .findOne();
  }

  /** Whether no chunk of a table waits for a reader. */
  public boolean allTaken(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT 1 FROM chunk WHERE migration = ? AND table_name = ? AND state ="
                        + " 'PLANNED' LIMIT 1",
                    migration,
                    table)
                .mapTo(Integer.class)
                .findOne()
                .isEmpty());
  }

  /** Gives a chunk back unread. */
  public void release(Chunk chunk, Worker worker) {
    database.transact(
        h ->
            h.execute(
                "UPDATE chunk SET state = 'PLANNED', owner = NULL, updated_at = ? WHERE migration ="
                    + " ? AND table_name = ? AND no = ? AND state = 'EXTRACTING' AND owner = ?",
                clock.millis(),
                migration,
                chunk.table(),
                chunk.no(),
                worker.id()));
  }

  /**
   * Enters all that reading a chunk gave, at once: until then none of its parts can be loaded, so a
   * chunk that is read again never meets rows of itself.
   *
   * @throws LostClaim when the chunk is no longer the worker's; nothing is entered then
   */
  public void staged(Chunk chunk, Worker worker, Staged staged) {
    database.transact(
        h -> {
          long rows = staged.parts().stream().mapToLong(NewPart::rows).sum();
          int held =
              h.execute(
                  "UPDATE chunk SET state = ?, owner = NULL, rows_read = ?, quarantined = ?,"
                      + " rows_staged = ?, updated_at = ? WHERE migration = ? AND table_name = ?"
                      + " AND no = ? AND state = 'EXTRACTING' AND owner = ?",
                  staged.parts().isEmpty() ? "SETTLED" : "STAGED",
                  staged.rowsRead(),
                  staged.quarantined().count(),
                  rows,
                  clock.millis(),
                  migration,
                  chunk.table(),
                  chunk.no(),
                  worker.id());
          if (held != 1) {
            throw new LostClaim("Chunk " + chunk.label());
          }
          staged.parts().forEach(p -> PartBook.insert(h, migration, chunk.table(), p, clock));
          quarantine(h, chunk, staged.quarantined());
          sample(h, chunk, staged.samples());
          alter(h, chunk, staged.altered());
          staged.digests().ifPresent(d -> DigestBook.enter(h, migration, chunk, d));
          return held;
        });
  }

  /** Rows of a chunk that were staged and are in none of its parts any more. */
  public long missing(Chunk chunk) {
    return database.read(
        h ->
            h.select(
                    "SELECT rows_staged - "
                        + PartBook.IN_PARTS
                        + " FROM chunk WHERE migration = ? AND table_name = ? AND no = ?",
                    migration,
                    chunk.table(),
                    chunk.no())
                .mapTo(Long.class)
                .one());
  }

  /**
   * Enters the parts that hold what was missing of a chunk.
   *
   * @param held rows that were staged before and are held back now, in none of its parts
   * @param digests of the other rows, where some are
   * @throws LostClaim when the chunk is no longer the worker's; nothing is entered then
   */
  public void restaged(
      Chunk chunk,
      Worker worker,
      List<NewPart> parts,
      Quarantine held,
      Optional<Digested> digests) {
    database.transact(
        h -> {
          int changed =
              h.execute(
                  "UPDATE chunk SET state = 'STAGED', owner = NULL, quarantined = quarantined + ?,"
                      + " rows_staged = rows_staged - ?, updated_at = ? WHERE migration = ? AND"
                      + " table_name = ? AND no = ? AND state = 'EXTRACTING' AND owner = ?",
                  held.count(),
                  held.count(),
                  clock.millis(),
                  migration,
                  chunk.table(),
                  chunk.no(),
                  worker.id());
          if (changed != 1) {
            throw new LostClaim("Chunk " + chunk.label());
          }
          parts.forEach(p -> PartBook.insert(h, migration, chunk.table(), p, clock));
          quarantine(h, chunk, held);
          digests.ifPresent(d -> DigestBook.enter(h, migration, chunk, d));
          PartBook.closeChunks(h, migration, chunk.table());
          return changed;
        });
  }

  private void quarantine(Handle h, Chunk chunk, Quarantine rows) {
    Rows batch =
        new Rows(
            h,
            "INSERT INTO exception_row (migration, table_name, chunk_no, job, external_id, state,"
                + " attempts, due_at, code, message, data, updated_at) VALUES (?, ?, ?, '', ?,"
                + " 'QUARANTINED', 0, 0, ?, ?, ?, ?)");
    rows.each(
        row ->
            batch.add(
                migration,
                chunk.table(),
                chunk.no(),
                row.externalId(),
                row.code(),
                row.message(),
                LedgerJson.texts(row.data()),
                clock.millis()));
    long entered = batch.send();
    if (entered != rows.count()) {
      throw new IllegalStateException(
          "%s: %d quarantined rows, %d shown".formatted(chunk.label(), rows.count(), entered));
    }
  }

  private void sample(Handle h, Chunk chunk, List<Sampled> samples) {
    var batch =
        h.prepareBatch(
            "INSERT INTO sample (migration, table_name, chunk_no, external_id, key_values) VALUES"
                + " (?, ?, ?, ?, ?)");
    for (Sampled row : samples) {
      batch.add(
          migration,
          chunk.table(),
          chunk.no(),
          row.externalId(),
          LedgerJson.texts(row.keyValues()));
    }
    if (!samples.isEmpty()) {
      batch.execute();
    }
  }

  private void alter(Handle h, Chunk chunk, List<Altered> altered) {
    for (Altered value : altered) {
      h.execute(
          "INSERT INTO altered_value (migration, table_name, chunk_no, field, code, row_count,"
              + " keys) VALUES (?, ?, ?, ?, ?, ?, ?)",
          migration,
          chunk.table(),
          chunk.no(),
          value.field(),
          value.code(),
          value.rows(),
          LedgerJson.texts(value.externalIds()));
    }
  }

  /** Values that were staged other than they were read, by chunk, field and code. */
  public List<Altered> altered(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM altered_value WHERE migration = ? AND table_name = ? ORDER BY"
                        + " field, code, chunk_no",
                    migration,
                    table)
                .map(
                    (r, c) ->
                        new Altered(
                            r.getString("field"),
                            r.getString("code"),
                            r.getLong("row_count"),
                            LedgerJson.texts(r.getString("keys"))))
                .list());
  }

  /** A row chosen for comparison, and the chunk that it was read with. */
  public record Drawn(Sampled row, long chunk) {}

  /** The rows chosen for comparison, in a fixed order. */
  public List<Drawn> samples(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT chunk_no, external_id, key_values FROM sample WHERE migration = ? AND"
                        + " table_name = ? ORDER BY chunk_no, external_id",
                    migration,
                    table)
                .map(
                    (r, c) ->
                        new Drawn(
                            new Sampled(
                                r.getString("external_id"),
                                LedgerJson.texts(r.getString("key_values"))),
                            r.getLong("chunk_no")))
                .list());
  }

  public Optional<Chunk> find(String table, long no) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM chunk WHERE migration = ? AND table_name = ? AND no = ?",
                    migration,
                    table,
                    no)
                .map(CHUNK)
                .findOne());
  }

  /** All chunks of a table in order. */
  public List<Chunk> list(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM chunk WHERE migration = ? AND table_name = ? ORDER BY no",
                    migration,
                    table)
                .map(CHUNK)
                .list());
  }
}
