package io.initload.ledger.entry;

import io.initload.plan.PassKind;
import io.initload.plan.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reading of a table's mapping at one snapshot that is loaded, booked and certified, as the
 * ledger has it: what is read, when, by which mapping, and what the org held before.
 *
 * @param kind what of the table it loads
 * @param table its name in the configuration
 * @param name of the pass: what is read, loaded and booked goes by it
 * @param digest of the mapping; it may not change once rows were loaded
 * @param snapshotRows counted at the snapshot
 * @param targetBefore records of the object before the migration's first row was loaded; empty when
 *     the org could not count them
 * @param stopped why the table was stopped
 */
public record Pass(
    PassKind kind,
    String table,
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
    OptionalLong targetBefore,
    Optional<String> stopped) {
  public Pass {
    header = List.copyOf(header);
  }
}
