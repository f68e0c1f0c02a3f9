package io.initload.ledger.entry;

import io.initload.plan.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * A table of a migration as the ledger knows it.
 *
 * @param digest of the mapping; it may not change once rows were loaded
 * @param snapshotRows counted at the snapshot
 * @param targetBefore records of the object before the migration's first row was loaded
 * @param stopped why the table was stopped
 */
public record TableRun(
    String name,
    String object,
    String externalId,
    String phase,
    int order,
    String digest,
    List<String> header,
    String strategy,
    String reason,
    Snapshot snapshot,
    long snapshotRows,
    long targetBefore,
    Optional<String> stopped) {
  public TableRun {
    header = List.copyOf(header);
  }
}
