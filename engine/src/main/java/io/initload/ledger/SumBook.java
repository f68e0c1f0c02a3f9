package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.TableBooks;
import io.initload.plan.Batches;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sums of every planned table. */
public final class SumBook {
  private final LedgerDatabase database;
  private final String migration;

  SumBook(LedgerDatabase database, String migration) {
    this.database = database;
    this.migration = migration;
  }

  /**
   * A chunk one of whose equations does not hold.
   *
   * @param booked rows created, updated, dead or waiting
   */
  public record OpenChunk(
      long no, long expected, long read, long staged, long quarantined, long booked) {}

  /** Chunks of a table whose equations do not hold, the first of them. */
  public List<OpenChunk> openChunks(String table, int limit) {
    return database.read(
        h ->
            h.createQuery(
                    """
                    SELECT * FROM (
                      SELECT c.no, c.expected_rows, c.exact, c.rows_read, c.rows_staged,
                        c.quarantined, COALESCE(p.loaded, 0) + COALESCE(e.excepted, 0) AS booked
                      FROM chunk c
                      LEFT JOIN (
                        SELECT chunk_no, SUM(created + updated) AS loaded FROM part
                        WHERE migration = :migration AND table_name = :table AND state = 'SETTLED'
                          AND chunk_no IS NOT NULL
                        GROUP BY chunk_no
                      ) p ON p.chunk_no = c.no
                      LEFT JOIN (
                        SELECT chunk_no, COUNT(*) AS excepted FROM exception_row
                        WHERE migration = :migration AND table_name = :table
                          AND state <> 'QUARANTINED'
                        GROUP BY chunk_no
                      ) e ON e.chunk_no = c.no
                      WHERE c.migration = :migration AND c.table_name = :table
                    ) s
                    WHERE rows_read <> rows_staged + quarantined OR rows_staged <> booked
                      OR exact = 1 AND rows_read <> expected_rows
                    ORDER BY no LIMIT :limit
                    """)
                .bind("migration", migration)
                .bind("table", table)
                .bind("limit", limit)
                .map(
                    (r, c) ->
                        new OpenChunk(
                            r.getLong("no"),
                            r.getLong("expected_rows"),
                            r.getLong("rows_read"),
                            r.getLong("rows_staged"),
                            r.getLong("quarantined"),
                            r.getLong("booked")))
                .list());
  }

  /** The sums of every planned table, by name. */
  public Map<String, TableBooks> books() {
    return database.read(
        h ->
            h
                .createQuery(
                    """
                    SELECT t.name, t.snapshot_rows, c.*, p.*, e.*, j.*
                    FROM table_run t
                    LEFT JOIN (
                      SELECT table_name AS of_chunks, COUNT(*) AS chunks,
                        SUM(rows_read) AS rows_read, SUM(quarantined) AS quarantined,
                        SUM(rows_staged) AS rows_staged,
                        SUM(CASE WHEN state IN ('PLANNED', 'EXTRACTING') THEN 1 ELSE 0 END)
                          AS open_chunks
                      FROM chunk WHERE migration = :migration GROUP BY table_name
                    ) c ON c.of_chunks = t.name
                    LEFT JOIN (
                      SELECT table_name AS of_parts,
                        SUM(CASE WHEN state = 'SETTLED' THEN created ELSE 0 END) AS created,
                        SUM(CASE WHEN state = 'SETTLED' THEN updated ELSE 0 END) AS updated,
                        SUM(CASE WHEN state <> 'LOST' THEN 1 ELSE 0 END) AS parts,
                        SUM(CASE WHEN state IN ('SETTLED', 'LOST') THEN 0 ELSE 1 END) AS open_parts
                      FROM part WHERE migration = :migration GROUP BY table_name
                    ) p ON p.of_parts = t.name
                    LEFT JOIN (
                      SELECT table_name AS of_rows,
                        SUM(CASE WHEN state = 'DEAD' THEN 1 ELSE 0 END) AS dead,
                        SUM(CASE WHEN state IN ('PENDING', 'RETRYING') THEN 1 ELSE 0 END) AS pending
                      FROM exception_row WHERE migration = :migration GROUP BY table_name
                    ) e ON e.of_rows = t.name
                    LEFT JOIN (
                      SELECT s.table_name AS of_jobs, COUNT(*) AS jobs, SUM(w.records) AS sent,
                        SUM(w.batches) AS batches
                      FROM job w JOIN part s ON s.id = w.part_id
                      WHERE s.migration = :migration AND w.submitted_at IS NOT NULL
                      GROUP BY s.table_name
                    ) j ON j.of_jobs = t.name
                    WHERE t.migration = :migration
                    """)
                .bind("migration", migration)
                .map(
                    (r, c) ->
                        new TableBooks(
                            r.getString("name"),
                            r.getLong("snapshot_rows"),
                            r.getLong("rows_read"),
                            r.getLong("quarantined"),
                            r.getLong("rows_staged"),
                            r.getLong("created"),
                            r.getLong("updated"),
                            r.getLong("dead"),
                            r.getLong("pending"),
                            r.getLong("chunks"),
                            r.getLong("open_chunks"),
                            r.getLong("parts"),
                            r.getLong("open_parts"),
                            r.getLong("jobs"),
                            Batches.of(r.getLong("sent"), r.getLong("batches"))))
                .list()
                .stream()
                .collect(Collectors.toMap(TableBooks::table, b -> b)));
  }
}
