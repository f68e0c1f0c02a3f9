package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.ledger.Ledger;
import io.initload.ledger.MigrationBook;

/** The failure of asking for a migration that the ledger does not have. */
public final class NotBegun {
  private NotBegun() {}

  /**
   * The migration, as the ledger has it.
   *
   * @throws Failure {@code NOT_BEGUN} when it has none
   */
  public static MigrationBook.Begun require(Ledger ledger, String migration) {
    return ledger.migrations().begun().orElseThrow(() -> failure(migration));
  }

  private static Failure failure(String migration) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "NOT_BEGUN",
        "The ledger has no migration named " + migration + ".",
        "Check name and ledger.url in the configuration, or begin with `initload run`.");
  }
}
