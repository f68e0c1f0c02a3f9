package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.entry.Allowance;
import io.initload.ledger.entry.Worker;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Jobs that only ask how the org behaves. They carry no part, but hold a slot and a share of the
 * quota as any other job does, until it is known that theirs is gone from the org. An org is asked
 * by one worker at a time, so that a job whose create got no answer can be told from all others.
 */
public final class ProbeBook {
  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;
  private final QuotaBook quota;

  ProbeBook(LedgerDatabase database, String migration, Clock clock, QuotaBook quota) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
    this.quota = quota;
  }

  /**
   * A probe whose job may still be in the org.
   *
   * @param sfId empty when the answer to create never came
   */
  public record Left(long id, String object, Optional<String> sfId, Instant intentAt) {}

  /**
   * Takes a slot and the least share of the quota.
   *
   * @return the probe's number; empty when there is no room for it now, or the org is being asked
   */
  public Optional<Long> begin(Worker worker, String object, Allowance allowance) {
    return database.transact(
        h -> {
          int asking =
              h.select(
                      "SELECT COUNT(*) FROM job WHERE org_id = ? AND state = 'PROBE'",
                      allowance.orgId())
                  .mapTo(Integer.class)
                  .one();
          QuotaBook.Usage usage = quota.usage(h, allowance.orgId());
          if (asking > 0
              || usage.slots() >= allowance.jobs()
              || usage.records() >= allowance.records()
              || usage.batches() >= allowance.batches()
              || allowance
                  .said()
                  .filter(s -> s.left() <= QuotaBook.uncounted(h, allowance.orgId(), s.at()))
                  .isPresent()) {
            return Optional.empty();
          }
          return Optional.of(
              h.createUpdate(
                      "INSERT INTO job (org_id, migration, table_name, object, owner, state,"
                          + " intent_at, records, batches) VALUES (:org, :migration, '', :object,"
                          + " :owner, 'PROBE', :now, 1, 1)")
                  .bind("org", allowance.orgId())
                  .bind("migration", migration)
                  .bind("object", object)
                  .bind("owner", worker.id())
                  .bind("now", clock.millis())
                  .executeAndReturnGeneratedKeys("id")
                  .mapTo(Long.class)
                  .one());
        });
  }

  /** The org has made the probe's job. */
  public void made(long id, String sfId) {
    database.transact(h -> h.execute("UPDATE job SET sf_id = ? WHERE id = ?", sfId, id));
  }

  /**
   * Nobody watches the probe any more.
   *
   * @param gone whether its job is known to be gone from the org, or never to have been there; else
   *     somebody must take it up
   */
  public void letGo(long id, boolean gone) {
    database.transact(
        h ->
            gone
                ? h.execute(
                    "UPDATE job SET state = 'COMPLETE', ended_at = ?, quota_until = ? WHERE id = ?",
                    clock.millis(),
                    clock.millis() + QuotaBook.WINDOW.toMillis(),
                    id)
                : h.execute("UPDATE job SET owner = '' WHERE id = ? AND state = 'PROBE'", id));
  }

  /** Takes up a probe that was left by this worker, or by one that is dead. */
  public Optional<Left> takeUp(Worker worker, String orgId) {
    return database.take(
        h ->
            h.select(
                    "SELECT id, object, sf_id, intent_at FROM job WHERE org_id = ? AND state ="
                        + " 'PROBE' AND owner = '' ORDER BY id LIMIT 1",
                    orgId)
                .map(
                    (r, c) ->
                        new Left(
                            r.getLong("id"),
                            r.getString("object"),
                            Optional.ofNullable(r.getString("sf_id")),
                            Instant.ofEpochMilli(r.getLong("intent_at"))))
                .findOne(),
        (h, l) -> h.execute("UPDATE job SET owner = ? WHERE id = ?", worker.id(), l.id()));
  }
}
