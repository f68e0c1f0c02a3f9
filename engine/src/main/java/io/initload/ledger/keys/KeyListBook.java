package io.initload.ledger.keys;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.Rows;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Writes lists of external ids and record ids, each in many short transactions, so that those who
 * load meanwhile need not wait. A list is seen, by the view {@code record_key}, from the moment at
 * which it is whole, and then in the place of the one before it.
 */
public final class KeyListBook {
  /** Rows that are deleted in one turn. */
  private static final int AT_ONCE = 10_000;

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public KeyListBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * Begins a list of a table.
   *
   * @return its number
   */
  public long begin(String table, String object) {
    return database.transact(
        h -> {
          long no =
              h.select(
                      "SELECT COALESCE(MAX(no), 0) + 1 FROM key_list WHERE migration = ?",
                      migration)
                  .mapTo(Long.class)
                  .one();
          h.execute(
              "INSERT INTO key_list (migration, no, table_name, object, begun_at) VALUES (?, ?, ?,"
                  + " ?, ?)",
              migration,
              no,
              table,
              object,
              clock.millis());
          return no;
        });
  }

  /**
   * Adds to a list.
   *
   * @param rows external id and record id of each
   */
  public void add(long no, List<List<String>> rows) {
    database.transact(
        h -> {
          Rows into =
              new Rows(
                  h,
                  "INSERT INTO listed_key (migration, list_no, external_id, record_id) VALUES (?,"
                      + " ?, ?, ?)");
          rows.forEach(row -> into.add(migration, no, row.get(0), row.get(1)));
          return into.send();
        });
  }

  /**
   * Ends a list, which takes the place of all that were begun before it; those are forgotten.
   *
   * @param loaded rows that the books have as loaded
   * @return false, with nothing changed, where it has not so many records any more, because
   *     somebody else ended a later one
   */
  public boolean end(long no, String table, long records, long loaded) {
    boolean whole =
        database.transact(
            h -> {
              boolean all = count(h, no) == records;
              if (all) {
                h.execute(
                    "UPDATE key_list SET ended_at = ?, records = ?, loaded = ? WHERE migration = ?"
                        + " AND no = ?",
                    clock.millis(),
                    records,
                    loaded,
                    migration,
                    no);
              }
              return all;
            });
    if (whole) {
      database.read(h -> before(h, table, no)).forEach(this::forget);
    }
    return whole;
  }

  private long count(Handle h, long no) {
    return h.select(
            "SELECT COUNT(*) FROM listed_key WHERE migration = ? AND list_no = ?", migration, no)
        .mapTo(Long.class)
        .one();
  }

  private List<Long> before(Handle h, String table, long no) {
    return h.select(
            "SELECT no FROM key_list WHERE migration = ? AND table_name = ? AND no < ?",
            migration,
            table,
            no)
        .mapTo(Long.class)
        .list();
  }

  private void forget(long no) {
    while (database.transact(h -> forgotten(h, no)) > 0) {
      // The next ones have a turn of their own.
    }
    database.transact(
        h -> h.execute("DELETE FROM key_list WHERE migration = ? AND no = ?", migration, no));
  }

  /** By the order of the index: how many there are is no matter, nor what statistics say. */
  private int forgotten(Handle h, long no) {
    Optional<String> last =
        h.select(
                "SELECT external_id FROM listed_key WHERE migration = ? AND list_no = ? ORDER BY"
                    + " external_id LIMIT 1 OFFSET ?",
                migration,
                no,
                AT_ONCE - 1)
            .mapTo(String.class)
            .findOne();
    String of = "DELETE FROM listed_key WHERE migration = ? AND list_no = ?";
    return last.isPresent()
        ? h.execute(of + " AND external_id <= ?", migration, no, last.get())
        : h.execute(of, migration, no);
  }
}
