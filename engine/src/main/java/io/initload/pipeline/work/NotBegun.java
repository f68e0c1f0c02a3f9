package io.initload.pipeline.work;

import io.initload.Failure;

/** The failure of asking for a migration that the ledger does not have. */
public final class NotBegun {
  private NotBegun() {}

  public static Failure failure(String migration) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.CONFIGURATION,
        "NOT_BEGUN",
        "The ledger has no migration named " + migration + ".",
        "Check name and ledger.url in the configuration, or begin with `initload run`.");
  }
}
