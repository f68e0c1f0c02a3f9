package io.initload.pipeline.work;

import io.initload.Failure;
import io.initload.ledger.Ledger;

/** The failure of asking for a migration that the ledger does not have. */
public final class NotBegun {
  private NotBegun() {}

  /**
   * Lets a migration through that the ledger has.
   *
   * @throws Failure {@code NOT_BEGUN} otherwise
   */
  public static void refuse(Ledger ledger, String migration) {
    if (ledger.migrations().begun().isEmpty()) {
      throw failure(migration);
    }
  }

  public static Failure failure(String migration) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "NOT_BEGUN",
        "The ledger has no migration named " + migration + ".",
        "Check name and ledger.url in the configuration, or begin with `initload run`.");
  }
}
