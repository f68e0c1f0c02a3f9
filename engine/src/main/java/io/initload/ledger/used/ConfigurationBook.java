package io.initload.ledger.used;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Each configuration that a process worked on a migration with, in the order of their first use.
 */
public final class ConfigurationBook {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public ConfigurationBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /**
   * A configuration.
   *
   * @param digest SHA-256 of its file
   * @param since when it was used first
   * @param host that used it first
   * @param settings what the file says, by the path of the setting, without secrets
   */
  public record Used(String digest, Instant since, String host, Map<String, String> settings) {
    public Used {
      settings = Map.copyOf(settings);
    }
  }

  /** Notes that one is used now; nothing of one that was used before, or that was no file. */
  public void use(String digest, String host, Map<String, String> settings) {
    if (digest.isEmpty() || known(digest)) {
      return;
    }
    database.transact(
        h ->
            h.execute(
                "INSERT INTO configuration (migration, digest, first_at, host, settings) VALUES (?,"
                    + " ?, ?, ?, ?) ON CONFLICT (migration, digest) DO NOTHING",
                migration,
                digest,
                clock.millis(),
                host,
                LedgerJson.settings(settings)));
  }

  private boolean known(String digest) {
    return database.read(
        h ->
            h.select(
                    "SELECT 1 FROM configuration WHERE migration = ? AND digest = ?",
                    migration,
                    digest)
                .mapTo(Long.class)
                .findOne()
                .isPresent());
  }

  /** All of them. */
  public List<Used> all() {
    return database.read(
        h ->
            h.select(
                    "SELECT * FROM configuration WHERE migration = ? ORDER BY first_at, digest",
                    migration)
                .map(
                    (r, c) ->
                        new Used(
                            r.getString("digest"),
                            Instant.ofEpochMilli(r.getLong("first_at")),
                            r.getString("host"),
                            LedgerJson.settings(r.getString("settings"))))
                .list());
  }
}
