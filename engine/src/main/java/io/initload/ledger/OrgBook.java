package io.initload.ledger;

import io.initload.ledger.database.LedgerDatabase;
import java.util.Optional;

/** What was learnt of an org, for every migration into it. */
public final class OrgBook {
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
}
