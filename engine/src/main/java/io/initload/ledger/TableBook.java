package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableRest;
import io.initload.plan.PassKind;
import io.initload.plan.PlannedChunk;
import io.initload.plan.Snapshot;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The tables of the migration: how each is planned, read and stopped. */
public final class TableBook {
  /** Stands for records that the org could not count, where the column takes no NULL. */
  private static final long NOT_COUNTED = -1;

  private static final RowMapper<Pass> TABLE =
      (r, c) ->
          new Pass(
              PassKind.valueOf(r.getString("pass")),
              Optional.ofNullable(r.getString("of_table")).orElse(r.getString("name")),
              r.getString("name"),
              r.getString("object"),
              r.getString("external_id"),
              r.getString("phase"),
              r.getInt("load_order"),
              r.getString("digest"),
              LedgerJson.texts(r.getString("header")),
              r.getString("strategy"),
              r.getString("reason"),
              Snapshot.of(
                  Snapshot.Kind.valueOf(r.getString("snapshot_kind")), r.getString("snapshot_id")),
              r.getLong("snapshot_rows"),
              before(r.getLong("target_before")),
              Optional.ofNullable(r.getString("stopped")));

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  TableBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /** The passes planned so far, in load order. */
  public List<Pass> passes() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM table_run WHERE migration = ? ORDER BY load_order, name",
                    migration)
                .map(TABLE)
                .list());
  }

  public Optional<Pass> pass(String name) {
    return database.read(
        h ->
            h.select("SELECT * FROM table_run WHERE migration = ? AND name = ?", migration, name)
                .map(TABLE)
                .findOne());
  }

  /** Enters what is read from no table; as the other one. */
  public void plan(Pass table, List<PlannedChunk> chunks) {
    plan(table, Optional.empty(), "", chunks);
  }

  /**
   * Enters a table and all its chunks at once; does nothing when the table is known.
   *
   * @param origin the table of the source that its name stands for
   * @param configuration digest of the file by which it is planned
   */
  public void plan(
      Pass table, Optional<String> origin, String configuration, List<PlannedChunk> chunks) {
    database.transact(
        h -> {
          int entered = insert(h, table, origin, configuration);
          if (entered == 1) {
            var batch =
                h.prepareBatch(
                    "INSERT INTO chunk (migration, table_name, no, bounds, expected_rows, exact,"
                        + " state, updated_at) VALUES (?, ?, ?, ?, ?, ?, 'PLANNED', ?)");
            long no = lastOfBefore(h, table.name());
            for (PlannedChunk chunk : chunks) {
              batch.add(
                  migration,
                  table.name(),
                  ++no,
                  LedgerJson.bounds(chunk.bounds()),
                  chunk.rows(),
                  chunk.exact() ? 1 : 0,
                  clock.millis());
            }
            if (!chunks.isEmpty()) {
              batch.execute();
            }
          }
          return entered;
        });
  }

  /**
   * The last chunk of a pass whose books were put aside. Files of chunks go by their number, and
   * those of then must stay.
   */
  private long lastOfBefore(Handle h, String pass) {
    return h.select(
            "SELECT COALESCE(MAX(c.no), 0) FROM chunk c JOIN table_reset r ON r.books = c.migration"
                + " WHERE r.migration = ? AND c.table_name = ?",
            migration,
            pass)
        .mapTo(Long.class)
        .one();
  }

  private static OptionalLong before(long records) {
    return records == NOT_COUNTED ? OptionalLong.empty() : OptionalLong.of(records);
  }

  private int insert(Handle h, Pass table, Optional<String> origin, String configuration) {
    return h.execute(
        "INSERT INTO table_run (migration, name, object, external_id, phase, load_order, digest,"
            + " header, strategy, reason, snapshot_kind, snapshot_id, snapshot_rows, target_before,"
            + " origin, pass, of_table, configuration) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (migration, name) DO NOTHING",
        migration,
        table.name(),
        table.object(),
        table.externalId(),
        table.phase(),
        table.order(),
        table.digest(),
        LedgerJson.texts(table.header()),
        table.strategy(),
        table.reason(),
        table.snapshot().kind().name(),
        table.snapshot().text(),
        table.snapshotRows(),
        table.targetBefore().orElse(NOT_COUNTED),
        origin.orElse(null),
        table.kind().name(),
        table.table(),
        configuration);
  }

  /** The table of the source that a planned table's name stood for; empty when nobody noted it. */
  public Optional<String> origin(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT origin FROM table_run WHERE migration = ? AND name = ? AND origin IS"
                        + " NOT NULL",
                    migration,
                    table)
                .mapTo(String.class)
                .findOne());
  }

  /** Digest of the file by which a table was planned; empty where nobody noted it. */
  public String configuration(String table) {
    return database.read(
        h ->
            h.select(
                    "SELECT configuration FROM table_run WHERE migration = ? AND name = ?",
                    migration,
                    table)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
  }

  /** Notes it where nobody did before. */
  public void origin(String table, String origin) {
    database.transact(
        h ->
            h.execute(
                "UPDATE table_run SET origin = ? WHERE migration = ? AND name = ? AND origin IS"
                    + " NULL",
                origin,
                migration,
                table));
  }

  /**
   * Forgets a table's plan, so that it is planned afresh. Only before a job was created for it.
   *
   * @return false, with nothing changed, when a job was created
   */
  public boolean forget(String table) {
    return database.transact(
        h -> {
          long jobs =
              h.select(
                      "SELECT COUNT(*) FROM job j JOIN part p ON p.id = j.part_id WHERE"
                          + " p.migration = ? AND p.table_name = ?",
                      migration,
                      table)
                  .mapTo(Long.class)
                  .one();
          if (jobs > 0) {
            return false;
          }
          for (String name :
              List.of(
                  "altered_value",
                  "chunk_digest",
                  "sample",
                  "shared_keys",
                  "exception_row",
                  "part",
                  "chunk")) {
            h.execute(
                "DELETE FROM " + name + " WHERE migration = ? AND table_name = ?",
                migration,
                table);
          }
          h.execute("DELETE FROM table_run WHERE migration = ? AND name = ?", migration, table);
          return true;
        });
  }

  /** Lets a table be read at another moment from now on, unless somebody else moved it first. */
  public void moved(String table, Snapshot from, Snapshot to, String reason) {
    database.transact(
        h ->
            h.execute(
                "UPDATE table_run SET snapshot_kind = ?, snapshot_id = ?, reason = ? WHERE"
                    + " migration = ? AND name = ? AND snapshot_id = ?",
                to.kind().name(),
                to.text(),
                reason,
                migration,
                table,
                from.text()));
  }

  /** External ids that several rows share at the table's snapshot; empty when nobody asked yet. */
  public Optional<Set<String>> sharedKeys(Pass table) {
    return database.read(
        h ->
            h.select(
                    "SELECT keys FROM shared_keys WHERE migration = ? AND table_name = ? AND"
                        + " snapshot_id = ?",
                    migration,
                    table.name(),
                    table.snapshot().text())
                .mapTo(String.class)
                .findOne()
                .map(LedgerJson::texts)
                .map(Set::copyOf));
  }

  /** Remembers them for everybody who reads the table. */
  public void sharedKeys(Pass table, Set<String> keys) {
    database.transact(
        h ->
            h.execute(
                "INSERT INTO shared_keys (migration, table_name, snapshot_id, keys) VALUES (?, ?,"
                    + " ?, ?) ON CONFLICT (migration, table_name) DO UPDATE SET snapshot_id ="
                    + " excluded.snapshot_id, keys = excluded.keys",
                migration,
                table.name(),
                table.snapshot().text(),
                LedgerJson.texts(List.copyOf(keys))));
  }

  /** Stops a table: nothing more of it is started until {@link #resume}. */
  public void stop(String table, String why) {
    database.transact(
        h ->
            h.execute(
                "UPDATE table_run SET stopped = ? WHERE migration = ? AND name = ? AND stopped IS"
                    + " NULL",
                why,
                migration,
                table));
  }

  /** Lets a stopped table go on. */
  public void resume(String table) {
    database.transact(
        h ->
            h.execute(
                "UPDATE table_run SET stopped = NULL WHERE migration = ? AND name = ?",
                migration,
                table));
  }

  /**
   * Whether a table has parts in flight, or whose job ended without being settled.
   *
   * @param except ids of parts that do not count
   */
  public boolean unsettled(String table, Set<Long> except) {
    return database.read(
        h ->
            h
                .select(
                    "SELECT id FROM part WHERE migration = ? AND table_name = ? AND state NOT IN"
                        + " ('SEALED', 'SETTLED', 'LOST')",
                    migration,
                    table)
                .mapTo(Long.class)
                .list()
                .stream()
                .anyMatch(id -> !except.contains(id)));
  }

  /** What is left to do of every planned table, by name: cheap enough to be asked all the time. */
  public Map<String, TableRest> rest() {
    return database.read(
        h ->
            h
                .select(
                    """
                    SELECT t.name, t.stopped IS NOT NULL AS stopped,
                      EXISTS (
                        SELECT 1 FROM wish w WHERE w.migration = t.migration AND w.lifted_at IS NULL
                          AND w.table_name IN ('', COALESCE(t.of_table, t.name))) AS held,
                      EXISTS (
                        SELECT 1 FROM chunk c WHERE c.migration = t.migration AND c.table_name = t.name
                          AND c.state IN ('PLANNED', 'EXTRACTING')) AS chunks,
                      EXISTS (
                        SELECT 1 FROM part p WHERE p.migration = t.migration AND p.table_name = t.name
                          AND p.state NOT IN ('SETTLED', 'LOST')) AS parts,
                      EXISTS (
                        SELECT 1 FROM exception_row e WHERE e.migration = t.migration AND e.table_name = t.name
                          AND e.state IN ('PENDING', 'RETRYING')) AS pending
                    FROM table_run t WHERE t.migration = ?
                    """,
                    migration)
                .map(
                    (r, c) ->
                        new TableRest(
                            r.getString(1),
                            r.getBoolean(2),
                            r.getBoolean(3),
                            r.getBoolean(4),
                            r.getBoolean(5),
                            r.getBoolean(6)))
                .list()
                .stream()
                .collect(Collectors.toMap(TableRest::table, t -> t)));
  }
}
