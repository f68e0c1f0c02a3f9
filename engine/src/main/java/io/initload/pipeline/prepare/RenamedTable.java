package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.ledger.TableBook;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.work.RemovedTables;
import io.initload.pipeline.work.SourceCheck;
import io.initload.pipeline.work.Workbench;
import io.initload.source.SourceDatabase;

/**
 * Keeps a table from being loaded a second time under another name: its rows would be counted as
 * updated, and the records that the first one created would be nobody's.
 */
final class RenamedTable {
  private final TableBook book;
  private final SourceDatabase source;
  private final RemovedTables leftOut;

  RenamedTable(Workbench bench) {
    this.book = bench.ledger().tables();
    this.source = bench.source();
    this.leftOut = new RemovedTables(bench);
  }

  /**
   * Looks for the name that a table had before.
   *
   * @throws Failure {@code TABLE_RENAMED}
   */
  void refuse(Prepared table) {
    leftOut.elsewhere().stream()
        .filter(pass -> same(pass, table))
        .findFirst()
        .ifPresent(
            pass -> {
              throw new Failure(
                  Failure.Kind.CONFIGURATION,
                  "TABLE_RENAMED",
                  "%s loads the same rows as %s, which this migration began and which the files given do not have."
                      .formatted(table.name(), pass.name()),
                  "Give it its name back: `name: %s` in tables[].".formatted(pass.name()));
            });
  }

  private boolean same(Pass pass, Prepared table) {
    boolean origin =
        book.origin(pass.name())
            .filter(then -> SourceCheck.stands(then, source.origin(table.config().source())))
            .isPresent();
    return pass.digest().equals(table.digest())
        || (origin
            && pass.object().equals(table.config().object())
            && pass.externalId().equals(table.config().externalId()));
  }
}
