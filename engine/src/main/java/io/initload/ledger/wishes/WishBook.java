package io.initload.ledger.wishes;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.wishes.Wish.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The wishes of people, those that are to be heeded and those that were lifted again. */
public final class WishBook {
  private static final RowMapper<Wish> MAPPER =
      (r, c) ->
          new Wish(
              Kind.valueOf(r.getString("kind")),
              Optional.of(r.getString("table_name")).filter(name -> !name.isEmpty()),
              Instant.ofEpochMilli(r.getLong("made_at")),
              r.getString("made_by"),
              r.getObject("lifted_at") == null
                  ? Optional.empty()
                  : Optional.of(Instant.ofEpochMilli(r.getLong("lifted_at"))),
              Optional.ofNullable(r.getString("lifted_by")));

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public WishBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * Enters one.
   *
   * @param table of the configuration; empty for the whole migration
   * @param by who wishes it, and on which machine
   * @return false, with nothing changed, where the same is to be heeded already
   */
  public boolean make(Kind kind, Optional<String> table, String by) {
    return database.transact(h -> make(h, kind, table.orElse(""), by) == 1);
  }

  private int make(Handle h, Kind kind, String table, String by) {
    return h.execute(
        "INSERT INTO wish (migration, no, kind, table_name, made_at, made_by) SELECT ?, (SELECT"
            + " COUNT(*) + 1 FROM wish WHERE migration = ?), ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1"
            + " FROM wish WHERE migration = ? AND kind = ? AND table_name = ? AND lifted_at IS"
            + " NULL) ON CONFLICT (migration, no) DO NOTHING",
        migration,
        migration,
        kind.name(),
        table,
        clock.millis(),
        by,
        migration,
        kind.name(),
        table);
  }

  /** Lifts all of a kind. */
  public void lift(Kind kind, String by) {
    database.transact(
        h ->
            h.execute(
                "UPDATE wish SET lifted_at = ?, lifted_by = ? WHERE migration = ? AND kind = ? AND"
                    + " lifted_at IS NULL",
                clock.millis(),
                by,
                migration,
                kind.name()));
  }

  /** Lifts the pause of one table; one of the whole migration stays. */
  public void lift(String table, String by) {
    database.transact(
        h ->
            h.execute(
                "UPDATE wish SET lifted_at = ?, lifted_by = ? WHERE migration = ? AND table_name ="
                    + " ? AND kind = 'PAUSE' AND lifted_at IS NULL",
                clock.millis(),
                by,
                migration,
                table));
  }

  /** Those that are to be heeded now, in the order in which they were made. */
  public List<Wish> open() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM wish WHERE migration = ? AND lifted_at IS NULL ORDER BY no",
                    migration)
                .map(MAPPER)
                .list());
  }

  /** All that ever were, in the order in which they were made. */
  public List<Wish> all() {
    return database.read(
        h ->
            h.select("SELECT * FROM wish WHERE migration = ? ORDER BY no", migration)
                .map(MAPPER)
                .list());
  }
}
