package io.initload.pipeline.prove;

import io.initload.mapping.KeyColumns;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which external ids a table of the source has. For one thread. */
final class SourceKeys {
  private final Workbench bench;
  private final Prepared table;
  private final Snapshot at;
  private final SourceRows rows;
  private Optional<Boolean> verbatim = Optional.empty();

  SourceKeys(Workbench bench, Prepared table, Snapshot at) {
    this.bench = bench;
    this.table = table;
    this.at = at;
    this.rows = new SourceRows(bench, table, at, table.mapping().keyAlone());
  }

  /** What the source says of external ids, each in canonical form. */
  record Answer(Set<String> there, Set<String> unknown) {}

  /** Asks for some hundred at most. */
  Answer of(Collection<String> externalIds) {
    SourceRows.Answer answer = rows.of(externalIds);
    Set<String> there = answer.rows().keySet();
    Set<String> unknown = new HashSet<>(answer.unknown());
    Set<String> missed = new HashSet<>(answer.asked());
    missed.removeAll(there);
    if (!unknown.containsAll(missed) && !verbatim()) {
      unknown.addAll(missed);
    }
    return new Answer(there, unknown);
  }

  /**
   * Whether the source has its keys as they are staged, without blanks around them or characters
   * that are left out: else it does not find a row by the key that the org has.
   */
  private boolean verbatim() {
    KeyColumns of = table.keyColumns();
    boolean now =
        verbatim.orElseGet(
            () ->
                of.texts().isEmpty()
                    || !bench
                        .source()
                        .notVerbatim(
                            table.config(), at, of.texts(), of.changed(), of.kept(), true));
    verbatim = Optional.of(now);
    return now;
  }
}
