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
                .select(
                    """
                    SELECT t.name, t.snapshot_rows,
                      (SELECT COALESCE(SUM(rows_read), 0) FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name) AS rows_read,
                      (SELECT COALESCE(SUM(quarantined), 0) FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name) AS quarantined,
                      (SELECT COALESCE(SUM(rows_staged), 0) FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name) AS rows_staged,
                      (SELECT COUNT(*) FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name) AS chunks,
                      (SELECT COUNT(*) FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name AND c.state IN ('PLANNED', 'EXTRACTING')) AS open_chunks,
                      (SELECT COALESCE(SUM(created), 0) FROM part p WHERE p.migration = t.migration AND p.table_name = t.name AND p.state = 'SETTLED') AS created,
                      (SELECT COALESCE(SUM(updated), 0) FROM part p WHERE p.migration = t.migration AND p.table_name = t.name AND p.state = 'SETTLED') AS updated,
                      (SELECT COUNT(*) FROM part p WHERE p.migration = t.migration AND p.table_name = t.name AND p.state <> 'LOST') AS parts,
                      (SELECT COUNT(*) FROM part p WHERE p.migration = t.migration AND p.table_name = t.name AND p.state NOT IN ('SETTLED', 'LOST')) AS open_parts,
                      (SELECT COUNT(*) FROM exception_row e WHERE e.migration = t.migration AND e.table_name = t.name AND e.state = 'DEAD') AS dead,
                      (SELECT COUNT(*) FROM exception_row e WHERE e.migration = t.migration AND e.table_name = t.name AND e.state IN ('PENDING', 'RETRYING')) AS pending,
                      (SELECT COUNT(*) FROM job j WHERE j.migration = t.migration AND j.table_name = t.name AND j.submitted_at IS NOT NULL) AS jobs,
                      (SELECT COALESCE(SUM(records), 0) FROM job j WHERE j.migration = t.migration AND j.table_name = t.name AND j.submitted_at IS NOT NULL) AS sent,
                      (SELECT COALESCE(SUM(batches), 0) FROM job j WHERE j.migration = t.migration AND j.table_name = t.name AND j.submitted_at IS NOT NULL) AS batches
                    FROM table_run t WHERE t.migration = ?
                    """,
                    migration)
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
