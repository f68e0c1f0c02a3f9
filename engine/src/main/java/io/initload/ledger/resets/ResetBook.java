package io.initload.ledger.resets;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Puts the books of a table aside, all at once, and knows where those are that were. Nothing of
 * them is deleted: whoever asks for them finds them under a name of their own.
 */
public final class ResetBook {
  /** What has a line for each table, chunk, part or row, in an order that keeps references. */
  private static final List<String> BOOKS =
      List.of(
          "chunk",
          "part",
          "exception_row",
          "sample",
          "altered_value",
          "chunk_digest",
          "shared_keys");

  private static final String PASSES =
      "SELECT name FROM table_run WHERE migration = :migration AND COALESCE(of_table, name) ="
          + " :table";

  private static final String OF_THEM = "(" + PASSES + ")";

  private static final String RUN =
      "name, object, external_id, phase, load_order, digest, header, strategy, reason,"
          + " snapshot_kind, snapshot_id, snapshot_rows, target_before, stopped, origin, pass,"
          + " of_table, configuration";

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public ResetBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /** How a table stands now. */
  public Standing standing(String table, Worker self) {
    return database.read(h -> standing(h, table, self));
  }

  private Standing standing(Handle h, String table, Worker self) {
    String of = " WHERE p.migration = :migration AND p.table_name IN " + OF_THEM;
    String byHand = of + " AND (p.corrected = 1 OR p.read_at <> '')";
    return new Standing(
        h.createQuery(PASSES + " ORDER BY name")
            .bind("migration", migration)
            .bind("table", table)
            .mapTo(String.class)
            .list(),
        (int)
            h.createQuery("SELECT COUNT(*) FROM worker WHERE id <> :id")
                .bind("id", self.id())
                .mapTo(Long.class)
                .one()
                .longValue(),
        number(
            h,
            table,
            "SELECT COUNT(*) FROM part p"
                + of
                + " AND p.state NOT IN ('SEALED', 'SETTLED', 'LOST')"),
        number(
            h,
            table,
            "SELECT COALESCE(SUM(j.records), 0) FROM job j JOIN part p ON p.id = j.part_id"
                + of
                + " AND j.submitted_at IS NOT NULL"),
        number(h, table, "SELECT COUNT(*) FROM exception_row p" + byHand),
        h.createQuery(
                "SELECT DISTINCT CASE WHEN p.corrected_file = '' THEN 'the source' ELSE"
                    + " p.corrected_file END AS file FROM exception_row p"
                    + byHand
                    + " ORDER BY file")
            .bind("migration", migration)
            .bind("table", table)
            .mapTo(String.class)
            .list());
  }

  private long number(Handle h, String table, String sql) {
    return h.createQuery(sql)
        .bind("migration", migration)
        .bind("table", table)
        .mapTo(Long.class)
        .one();
  }

  /**
   * Puts the books of all passes over a table aside, in one transaction.
   *
   * @param table its name in the configuration
   * @param as how it stood when that was judged
   * @param by who does it, and on which machine
   * @return false, with nothing changed, when it stands otherwise by now
   */
  public boolean reset(String table, Standing as, Worker self, String by) {
    return database.transact(
        h -> {
          if (!standing(h, table, self).equals(as)) {
            return false;
          }
          long no = all(h).size() + 1L;
          String aside = migration + "~reset" + no;
          putAside(h, table, aside);
          h.execute(
              "INSERT INTO table_reset (migration, no, table_name, books, made_at, made_by) VALUES"
                  + " (?, ?, ?, ?, ?, ?)",
              migration,
              no,
              table,
              aside,
              clock.millis(),
              by);
          return true;
        });
  }

  private void putAside(Handle h, String table, String aside) {
    h.execute(
        "INSERT INTO migration (id, org_id, instance, snapshot_kind, snapshot_id, created_at,"
            + " source, source_seen_at) SELECT ?, org_id, instance, snapshot_kind, snapshot_id,"
            + " created_at, source, source_seen_at FROM migration WHERE id = ?",
        aside,
        migration);
    moved(
        h,
        table,
        aside,
        "INSERT INTO table_run (migration, "
            + RUN
            + ") SELECT :aside, "
            + RUN
            + " FROM table_run WHERE migration = :migration AND name IN "
            + OF_THEM);
    for (String book : BOOKS) {
      moved(
          h,
          table,
          aside,
          "UPDATE "
              + book
              + " SET migration = :aside WHERE migration = :migration AND table_name IN "
              + OF_THEM);
    }
    h.createUpdate(
            "DELETE FROM table_run WHERE migration = :migration AND COALESCE(of_table, name) ="
                + " :table")
        .bind("migration", migration)
        .bind("table", table)
        .execute();
  }

  private void moved(Handle h, String table, String aside, String sql) {
    h.createUpdate(sql)
        .bind("migration", migration)
        .bind("table", table)
        .bind("aside", aside)
        .execute();
  }

  /** All of them, in the order in which they were made. */
  public List<Reset> all() {
    return database.read(this::all);
  }

  private List<Reset> all(Handle h) {
    return h.select("SELECT * FROM table_reset WHERE migration = ? ORDER BY no", migration)
        .map(
            (r, c) ->
                new Reset(
                    r.getString("table_name"),
                    r.getString("books"),
                    Instant.ofEpochMilli(r.getLong("made_at")),
                    r.getString("made_by")))
        .list();
  }
}
