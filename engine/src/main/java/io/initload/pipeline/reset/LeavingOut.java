package io.initload.pipeline.reset;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.ledger.resets.Standing;
import io.initload.ledger.used.WaveBook.Left;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.Workbench;

/**
 * Takes a table out of a migration that was begun and that no file of it names any more. Its books
 * and its lists of created records stay where they are.
 */
public final class LeavingOut {
  private final Workbench bench;

  public LeavingOut(Workbench bench) {
    this.bench = bench;
  }

  /**
   * Takes it out.
   *
   * @param reason in a person's words, for the certificate
   * @return false where somebody did so before
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}, {@code
   *     FORGET_NAMED}, {@code FORGET_UNDER_WAY}
   */
  public boolean leave(String table, String reason) {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    enrolment.begun();
    if (bench.ledger().waves().left().stream().map(Left::table).anyMatch(table::equals)) {
      return false;
    }
    if (new RemovedTables(bench).passes().stream().noneMatch(p -> p.table().equals(table))) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "FORGET_NAMED",
          "%s is no table that was begun and is in no file of the migration.".formatted(table),
          "Take it out of its file first, and run or reconcile with that file once; `initload"
              + " status` lists the tables that were begun.");
    }
    Standing standing = bench.ledger().resets().standing(table, bench.worker());
    if (standing.underWay() > 0) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "FORGET_UNDER_WAY",
          "%,d parts of %s are with the org, or what became of them is not booked."
              .formatted(standing.underWay(), table),
          "Put the table back, `initload abort`, which books what its jobs did; then take it out and"
              + " run the same command again.");
    }
    String host = bench.worker().host();
    bench.ledger().audit().by(host).about(Audit.Act.FORGET, table + ": " + reason);
    bench.checkpoint().reached("forget.written");
    return bench.ledger().waves().leave(table, reason, Processes.person(host));
  }
}
