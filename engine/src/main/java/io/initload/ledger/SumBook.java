package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.TableBooks;
import io.initload.plan.Batches;
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
                      SELECT table_name AS of_jobs, COUNT(*) AS jobs, SUM(records) AS sent,
                        SUM(batches) AS batches
                      FROM job WHERE migration = :migration AND submitted_at IS NOT NULL
                      GROUP BY table_name
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
