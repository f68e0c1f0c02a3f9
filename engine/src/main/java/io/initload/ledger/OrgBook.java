package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import io.initload.ledger.database.LedgerJson;
import io.initload.ledger.entry.Allowance.OrgReading;
import java.util.Optional;

/** What was learnt of an org, for every migration into it. */
public final class OrgBook {
  /** What ledgers of before kept under another name, as a sentence, is asked for anew. */
  private static final String BATCHES = "daily batches counted";

  private final LedgerDatabase database;

  OrgBook(LedgerDatabase database) {
    this.database = database;
  }

  /** What was learnt of an org before. */
  public Optional<String> fact(String orgId, String name) {
    return database.read(
        h ->
            h.select("SELECT value FROM org_fact WHERE org_id = ? AND name = ?", orgId, name)
                .mapTo(String.class)
                .findOne());
  }

  /** Remembers something learnt of an org, replacing what was known. */
  public void remember(String orgId, String name, String value) {
    database.transact(
        h ->
            h.execute(
                "INSERT INTO org_fact (org_id, name, value) VALUES (?, ?, ?) ON CONFLICT (org_id,"
                    + " name) DO UPDATE SET value = excluded.value",
                orgId,
                name,
                value));
  }

  /** What the org said of its daily batches last, to whomever of us. */
  public Optional<OrgReading> batches(String orgId) {
    return fact(orgId, BATCHES).map(LedgerJson::reading);
  }

  /** Shares what the org said of its daily batches. */
  public void remember(String orgId, OrgReading batches) {
    remember(orgId, BATCHES, LedgerJson.reading(batches));
  }
}
