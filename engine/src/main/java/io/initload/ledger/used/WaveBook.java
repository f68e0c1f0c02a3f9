package io.initload.ledger.used;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The waves of a migration that somebody worked on, and tables that were taken out of it. */
public final class WaveBook {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public WaveBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * A table that somebody took out of the migration.
   *
   * @param by who did it, and on which machine
   */
  public record Left(String table, String reason, Instant at, String by) {}

  /** Notes which tables a wave's file names; of the file that is used last it holds. */
  public void use(int wave, List<String> tables) {
    if (tables.equals(tables().get(wave))) {
      return;
    }
    database.transact(
        h ->
            h.execute(
                "INSERT INTO wave (migration, no, tables, used_at) VALUES (?, ?, ?, ?) ON CONFLICT"
                    + " (migration, no) DO UPDATE SET tables = excluded.tables, used_at ="
                    + " excluded.used_at",
                migration,
                wave,
                LedgerJson.texts(tables),
                clock.millis()));
  }

  /** The tables of each wave, by its number. */
  public Map<Integer, List<String>> tables() {
    Map<Integer, List<String>> tables = new TreeMap<>();
    database
        .read(
            h ->
                h.select("SELECT no, tables FROM wave WHERE migration = ?", migration)
                    .map((r, c) -> Map.entry(r.getInt(1), LedgerJson.texts(r.getString(2))))
                    .list())
        .forEach(wave -> tables.put(wave.getKey(), wave.getValue()));
    return tables;
  }

  /**
   * Notes that a table is no part of the migration any more.
   *
   * @param by who says so, and on which machine
   * @return false, with nothing changed, where somebody said so before
   */
  public boolean leave(String table, String reason, String by) {
    return database.transact(h -> leave(h, table, reason, by) == 1);
  }

  private int leave(Handle h, String table, String reason, String by) {
    return h.execute(
        "INSERT INTO left_table (migration, table_name, reason, made_at, made_by) VALUES (?, ?, ?,"
            + " ?, ?) ON CONFLICT (migration, table_name) DO NOTHING",
        migration,
        table,
        reason,
        clock.millis(),
        by);
  }

  /** Tables that were taken out, in the order in which that was done. */
  public List<Left> left() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM left_table WHERE migration = ? ORDER BY made_at, table_name",
                    migration)
                .map(
                    (r, c) ->
                        new Left(
                            r.getString("table_name"),
                            r.getString("reason"),
                            Instant.ofEpochMilli(r.getLong("made_at")),
                            r.getString("made_by")))
                .list());
  }
}
