package io.initload.pipeline.reset;

import io.initload.Audit;
import io.initload.Failure;
import io.initload.config.TableConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.entry.Pass;
import io.initload.ledger.entry.TableBooks;
import io.initload.ledger.resets.Standing;
import io.initload.pipeline.work.Enrolment;
import io.initload.pipeline.work.Loads;
import io.initload.pipeline.work.Processes;
import io.initload.pipeline.work.Workbench;
import java.util.List;
import java.util.Map;

/**
 * Forgets what was read and booked of a table, so that the next run plans and reads it anew by the
 * mapping of then, and updates the records that it made. What the org held before, the lists of
 * created records and the jobs that were sent stay known. Killed at any moment it is done or not
 * done, and may be given again.
 */
public final class ResetRun {
  private final Workbench bench;
  private final TableConfig table;
  private final boolean byHandToo;

  /**
   * @param table as the configuration has it now
   * @param byHandToo whether rows that were corrected by hand are forgotten as well
   */
  public ResetRun(Workbench bench, TableConfig table, boolean byHandToo) {
    this.bench = bench;
    this.table = table;
    this.byHandToo = byHandToo;
  }

  /** What is planned and booked of a table: what a reset forgets. */
  public static List<TableBooks> preview(Ledger ledger, String table) {
    Map<String, TableBooks> books = ledger.sums().books();
    return ledger.tables().passes().stream()
        .filter(pass -> pass.table().equals(table))
        .map(pass -> books.get(pass.name()))
        .toList();
  }

  /**
   * Resets the table; asks nothing of the source and writes nothing to the org.
   *
   * @return what was forgotten, by pass; nothing where nothing is planned, as after a reset
   * @throws Failure {@code NOT_BEGUN}, {@code LEDGER_OTHER_ORG}, {@code MIGRATION_UNDONE}, {@code
   *     RESET_BUSY}, {@code RESET_UNDER_WAY}, {@code RESET_INSERTED}, {@code RESET_OTHER_RECORDS},
   *     {@code RESET_CORRECTED}
   */
  public List<TableBooks> run() {
    Enrolment enrolment = new Enrolment(bench);
    enrolment.join();
    enrolment.begun();
    String host = bench.worker().host();
    while (true) {
      Standing standing = bench.ledger().resets().standing(table.name(), bench.worker());
      List<TableBooks> books = preview(bench.ledger(), table.name());
      if (standing.passes().isEmpty()) {
        return List.of();
      }
      refuse(standing);
      bench.ledger().audit().by(host).about(Audit.Act.RESET, table.name());
      bench.checkpoint().reached("reset.written");
      if (bench
          .ledger()
          .resets()
          .reset(table.name(), standing, bench.worker(), Processes.person(host))) {
        bench.checkpoint().reached("reset.entered");
        bench.staging().sweepParts(bench.ledger().parts().neededFiles());
        return books;
      }
    }
  }

  private void refuse(Standing standing) {
    if (standing.others() > 0) {
      throw new Failure(
          Failure.Kind.TRANSIENT,
          "RESET_BUSY",
          "%,d other processes work on the ledger.".formatted(standing.others()),
          "Stop them, or wait until the lease of those that are gone is over (2 minutes), then run"
              + " the same command again.");
    }
    if (standing.underWay() > 0) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "RESET_UNDER_WAY",
          "%,d parts of %s are with the org, or what became of them is not booked: forgotten, nobody would know what they wrote."
              .formatted(standing.underWay(), table.name()),
          "`initload abort` ends them and books what they did; then run the same command again.");
    }
    List<Pass> passes =
        bench.ledger().tables().passes().stream()
            .filter(pass -> pass.table().equals(table.name()))
            .toList();
    Loads.refuseOthers(table, passes, standing.sent() > 0);
    if (standing.byHand() > 0 && !byHandToo) {
      throw new Failure(
          Failure.Kind.CONFIGURATION,
          "RESET_CORRECTED",
          "%,d rows of %s were corrected since they were read (by %s): read anew, they are as they were before that."
              .formatted(standing.byHand(), table.name(), String.join(", ", standing.files())),
          "To forget the corrections too, give --corrections-too; correct the rows again when they"
              + " are loaded.");
    }
  }
}
