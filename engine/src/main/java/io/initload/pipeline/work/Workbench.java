package io.initload.pipeline.work;

import io.initload.config.MigrationConfig;
import io.initload.ledger.Ledger;
import io.initload.ledger.Scope;
import io.initload.ledger.entry.Worker;
import io.initload.salesforce.Org;
import io.initload.source.SourceDatabase;
import io.initload.staging.StagingArea;
import java.time.Clock;

/**
 * What the steps work with. The opener of these closes them; the steps do not.
 *
 * @param worker this process
 */
public record Workbench(
    MigrationConfig config,
    Ledger ledger,
    SourceDatabase source,
    StagingArea staging,
    Org org,
    Worker worker,
    Clock clock,
    Stop stop,
    Checkpoint checkpoint) {

  /** The same tools for other books and other files. */
  public Workbench with(Ledger books, StagingArea files) {
    return new Workbench(config, books, source, files, org, worker, clock, stop, checkpoint);
  }

  /** The same for a part of the migration: steps take up nothing else. */
  public Workbench narrowed(Scope scope) {
    return new Workbench(
        config, ledger.narrowed(scope), source, staging, org, worker, clock, stop, checkpoint);
  }
}
