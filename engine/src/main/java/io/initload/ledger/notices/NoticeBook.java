package io.initload.ledger.notices;

import io.initload.config.notify.NotifyConfig.Event;
import io.initload.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What people were told of a migration. Of several processes that see the same thing, the one that
 * enters it tells it; one that dies in between has told nobody, and nobody tells it again.
 */
public final class NoticeBook {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public NoticeBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * Something that was told.
   *
   * @param round from one start that was told to the next; the first is 1
   * @param occasion what it was about; once in a round
   * @param trouble whom it did not reach and why; empty text when all were reached, absent while
   *     that is not known
   */
  public record Told(
      long round, Event event, String occasion, Instant at, Optional<String> trouble) {}

  /** All that was told in the newest round, oldest first; empty when nothing was ever told. */
  public List<Told> newest() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM notice WHERE migration = ? AND round = (SELECT MAX(round) FROM"
                        + " notice WHERE migration = ?) ORDER BY told_at, occasion",
                    migration,
                    migration)
                .map(
                    (r, c) ->
                        new Told(
                            r.getLong("round"),
                            Event.valueOf(r.getString("event")),
                            r.getString("occasion"),
                            Instant.ofEpochMilli(r.getLong("told_at")),
                            Optional.ofNullable(r.getString("trouble"))))
                .list());
  }

  /**
   * Enters that something is being told now.
   *
   * @return false when somebody has told it in that round already
   */
  public boolean enter(long round, Event event, String occasion) {
    return database.transact(
            h ->
                h.execute(
                    "INSERT INTO notice (migration, round, occasion, event, told_at) VALUES (?, ?,"
                        + " ?, ?, ?) ON CONFLICT (migration, round, occasion) DO NOTHING",
                    migration,
                    round,
                    occasion,
                    event.name(),
                    clock.millis()))
        == 1;
  }

  /** Enters whom it did not reach, and why; an empty text when all were reached. */
  public void sent(long round, String occasion, String trouble) {
    database.transact(
        h ->
            h.execute(
                "UPDATE notice SET trouble = ? WHERE migration = ? AND round = ? AND occasion = ?",
                trouble,
                migration,
                round,
                occasion));
  }
}
