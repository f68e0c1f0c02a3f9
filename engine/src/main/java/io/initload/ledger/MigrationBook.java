package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.plan.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The migration itself. */
public final class MigrationBook {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  MigrationBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * A migration that has begun.
   *
   * @param undone whether it was asked to be undone; nothing is loaded for it any more
   */
  public record Begun(
      String id,
      String orgId,
      String instance,
      Snapshot snapshot,
      Instant createdAt,
      boolean undone) {}

  /** The migration, when it has begun. */
  public Optional<Begun> begun() {
    return database.read(
        h ->
            h.select("SELECT * FROM migration WHERE id = ?", migration)
                .map(
                    (r, c) ->
                        new Begun(
                            r.getString("id"),
                            r.getString("org_id"),
                            r.getString("instance"),
                            Snapshot.of(
                                Snapshot.Kind.valueOf(r.getString("snapshot_kind")),
                                r.getString("snapshot_id")),
                            Instant.ofEpochMilli(r.getLong("created_at")),
                            r.getObject("undone_at") != null))
                .findOne());
  }

  /** Enters the migration; does nothing when it has begun already. */
  public void begin(String orgId, String instance, Snapshot snapshot) {
    database.transact(
        h ->
            h.execute(
                "INSERT INTO migration (id, org_id, instance, snapshot_kind, snapshot_id,"
                    + " created_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
                migration,
                orgId,
                instance,
                snapshot.kind().name(),
                snapshot.text(),
                clock.millis()));
  }

  /** Nothing is loaded for the migration from now on: what it created is deleted. */
  public void undo() {
    database.transact(
        h ->
            h.execute(
                "UPDATE migration SET undone_at = ? WHERE id = ? AND undone_at IS NULL",
                clock.millis(),
                migration));
  }
}
