package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.plan.Snapshot;
import io.initload.plan.SourceIdentity;
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
   * @param source which database its rows are read from; empty in a ledger begun by a version that
   *     did not ask, until a run has looked
   * @param sourceSeenAt when that was looked for; later than the begin, where earlier reads may
   *     have been of another one
   * @param undone whether it was asked to be undone; nothing is loaded for it any more
   */
  public record Begun(
      String id,
      String orgId,
      String instance,
      Snapshot snapshot,
      Instant createdAt,
      Optional<SourceIdentity> source,
      Optional<Instant> sourceSeenAt,
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
                            Optional.ofNullable(r.getString("source")).map(LedgerJson::identity),
                            r.getObject("source_seen_at") == null
                                ? Optional.empty()
                                : Optional.of(Instant.ofEpochMilli(r.getLong("source_seen_at"))),
                            r.getObject("undone_at") != null))
                .findOne());
  }

  /** Enters one that reads no source; does nothing when it has begun already. */
  public void begin(String orgId, String instance, Snapshot snapshot) {
    begin(orgId, instance, snapshot, Optional.empty());
  }

  /**
   * Enters the migration; does nothing when it has begun already.
   *
   * @param source which database its rows are read from
   */
  public void begin(
      String orgId, String instance, Snapshot snapshot, Optional<SourceIdentity> source) {
    long now = clock.millis();
    database.transact(
        h ->
            h.execute(
                "INSERT INTO migration (id, org_id, instance, snapshot_kind, snapshot_id, source,"
                    + " source_seen_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT"
                    + " (id) DO NOTHING",
                migration,
                orgId,
                instance,
                snapshot.kind().name(),
                snapshot.text(),
                source.map(LedgerJson::identity).orElse(null),
                source.isPresent() ? (Long) now : null,
                now));
  }

  /** Notes which database is read, where nobody did before. */
  public void source(SourceIdentity source) {
    database.transact(
        h ->
            h.execute(
                "UPDATE migration SET source = ?, source_seen_at = ? WHERE id = ? AND source IS"
                    + " NULL",
                LedgerJson.identity(source),
                clock.millis(),
                migration));
  }

  /** From when on jobs of the org are the migration's to know: since it began, or later. */
  public Instant jobsSince() {
    return database.read(
        h ->
            h.select(
                    "SELECT COALESCE(jobs_since, created_at) FROM migration WHERE id = ?",
                    migration)
                .map((r, c) -> Instant.ofEpochMilli(r.getLong(1)))
                .one());
  }

  /** Jobs of the org that were made until now and are not known are no reason to stop any more. */
  public void acceptJobs() {
    database.transact(
        h ->
            h.execute(
                "UPDATE migration SET jobs_since = ? WHERE id = ?", clock.millis(), migration));
  }

  /** When it was first asked to be undone; empty where it never was. */
  public Optional<Instant> undoneAt() {
    return database.read(
        h ->
            h.select(
                    "SELECT undone_at FROM migration WHERE id = ? AND undone_at IS NOT NULL",
                    migration)
                .map((r, c) -> Instant.ofEpochMilli(r.getLong(1)))
                .findOne());
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

  /** Keeps what was seen of the rows before one of them moved, in the place of an earlier look. */
  public void profiled(String document) {
    database.transact(
        h -> {
          h.execute("DELETE FROM data_profile WHERE migration = ?", migration);
          return h.execute(
              "INSERT INTO data_profile (migration, made_at, document) VALUES (?, ?, ?)",
              migration,
              clock.millis(),
              document);
        });
  }

  /** What was seen of the rows, as it was kept; the migration need not have begun. */
  public Optional<String> profile() {
    return database.read(
        h ->
            h.select("SELECT document FROM data_profile WHERE migration = ?", migration)
                .mapTo(String.class)
                .findOne());
  }
}
