package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook.Begun;
import io.initload.plan.SourceIdentity;
import io.initload.source.SourceDatabase;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a migration to the database that it began with: rows of two databases are never joined. By
 * what the database says of itself, so that it may move to another address.
 */
public final class SourceCheck {
  private static final Logger LOG = LoggerFactory.getLogger(SourceCheck.class);

  private final Ledger ledger;
  private final SourceDatabase source;

  public SourceCheck(Workbench bench) {
    this.ledger = bench.ledger();
    this.source = bench.source();
  }

  /**
   * Looks, before anything is read; changes nothing. All is well while nothing was begun.
   *
   * @throws Failure {@code LEDGER_OTHER_SOURCE}
   */
  public void look() {
    ledger.migrations().begun().ifPresent(begun -> compare(begun, source.identity()));
  }

  /**
   * As {@link #look}, by those who read rows: what a ledger does not say that was begun by a
   * version that did not ask is noted now.
   */
  public void hold() {
    Begun begun = ledger.migrations().begun().orElseThrow();
    SourceIdentity now = source.identity();
    compare(begun, now);
    if (begun.source().isEmpty()) {
      LOG.warn(
          "the ledger does not say which source {} was begun with; from now on it is the {}",
          begun.id(),
          now);
      ledger.migrations().source(now);
    }
  }

  private static void compare(Begun begun, SourceIdentity now) {
    if (begun.source().filter(then -> !then.sameAs(now)).isPresent()) {
      throw new Failure(
          Failure.Reach.RUN,
          Failure.Kind.CONFIGURATION,
          "LEDGER_OTHER_SOURCE",
          "The migration %s reads the %s, but source.url leads to another one: the %s. Nothing was read from it."
              .formatted(begun.id(), begun.source().get(), now),
          "Let source.url lead to the first one again; for another source begin a migration under a"
              + " new name.");
    }
  }

  /**
   * Holds a planned table to what its name stood for.
   *
   * @param pass name of the planned table
   * @param origin what its name in the configuration stands for now
   * @throws Failure {@code LEDGER_OTHER_TABLE}
   */
  public void lookAt(String pass, String origin) {
    Optional<String> then = ledger.tables().origin(pass);
    if (then.isPresent() && !stands(then.get(), origin)) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "LEDGER_OTHER_TABLE",
          "%s was planned from the table %s, but its name stands for %s now. Nothing was read from it."
              .formatted(pass, then.get(), origin),
          "Log in as the user, and with the current schema or search path, that leads to the first"
              + " one; for another table begin a migration under a new name.");
    }
  }

  /**
   * Whether a name stands for what it did, as {@link SourceDatabase#origin} tells it. Versions
   * before did not note who reads a query.
   */
  public static boolean stands(String then, String now) {
    return then.equals(now)
        || (!then.contains(SourceDatabase.READER) && now.startsWith(then + SourceDatabase.READER));
  }

  /** As {@link #lookAt}, by those who read rows: what was not noted yet is noted now. */
  public void holdTo(String pass, String origin) {
    lookAt(pass, origin);
    if (ledger.tables().origin(pass).isEmpty()) {
      ledger.tables().origin(pass, origin);
    }
  }
}
