package io.initload.ledger.audit;

import io.initload.Audit;
import io.initload.ledger.audit.Chain.Broken;
import io.initload.ledger.audit.Chain.Head;
import io.initload.ledger.audit.Chain.Link;
import io.initload.ledger.database.LedgerDatabase;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Each act on the source and on the org, in the order in which they were about to be done, as a
 * chain: the hash of a line is made of the hash before it and of the line. Writers take turns by
 * the ledger's transactions and a line has its number once, so that no two lines ever follow the
 * same one, whoever writes. Acts are of chunks and jobs, never of rows.
 */
public final class AuditBook {
  private static final int LINES_AT_ONCE = 1_000;

  private final LedgerDatabase database;
  private final String migration;
  private final Clock clock;

  public AuditBook(LedgerDatabase database, String migration, Clock clock) {
    this.database = database;
    this.migration = migration;
    this.clock = clock;
  }

  /** Enters what this user does on that host. */
  public Audit by(String host) {
    String user = System.getProperty("user.name", "unknown");
    return (act, object) -> enter(user, host, act, object);
  }

  private void enter(String user, String host, Audit.Act act, String object) {
    database.transact(
        h -> {
          Head before = head(h);
          long no = before.lines() + 1;
          Instant at = Instant.ofEpochMilli(database.now(h, clock));
          String line = Chain.line(no, at, migration, user, host, act, object);
          return h.execute(
              "INSERT INTO audit (migration, no, line, hash) VALUES (?, ?, ?, ?)",
              migration,
              no,
              line,
              Chain.hash(before.hash(), line));
        });
  }

  /** The newest line; {@link Head#NONE} before the first. */
  public Head head() {
    return database.read(this::head);
  }

  private Head head(Handle h) {
    return h.select(
            "SELECT no, hash FROM audit WHERE migration = ? ORDER BY no DESC LIMIT 1", migration)
        .map((r, c) -> new Head(r.getLong("no"), r.getString("hash")))
        .findOne()
        .orElse(Head.NONE);
  }

  /**
   * Follows the chain from its first line.
   *
   * @param known heads that were noted elsewhere, as in certificates: a chain that was written anew
   *     as a whole is whole, and has other hashes
   * @param reader is shown each line that is as it was written, in their order
   * @return the first line that is not; empty when all are
   */
  public Optional<Broken> verify(List<Head> known, Consumer<String> reader) {
    Chain chain = new Chain(migration, known);
    for (List<Link> some = after(0); !some.isEmpty(); some = after(chain.head().lines())) {
      for (Link link : some) {
        Optional<Broken> broken = chain.follow(link);
        if (broken.isPresent()) {
          return broken;
        }
        reader.accept(link.line());
      }
    }
    return chain.end();
  }

  private List<Link> after(long no) {
    return database.read(
        h ->
            h.select(
                    "SELECT no, line, hash FROM audit WHERE migration = ? AND no > ? ORDER BY no"
                        + " LIMIT ?",
                    migration,
                    no,
                    LINES_AT_ONCE)
                .map((r, c) -> new Link(r.getLong(1), r.getString(2), r.getString(3)))
                .list());
  }
}
