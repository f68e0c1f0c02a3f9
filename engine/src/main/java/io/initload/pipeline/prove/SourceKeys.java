package io.initload.pipeline.prove;

import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import java.util.Collection;
import java.util.Set;

/** Which external ids a table of the source has. For one thread. */
final class SourceKeys {
  private final SourceRows rows;

  SourceKeys(Workbench bench, Prepared table, Snapshot at) {
    this.rows = new SourceRows(bench, table, at, table.mapping().keyAlone());
  }

  /** What the source says of external ids, each in canonical form. */
  record Answer(Set<String> there, Set<String> unknown) {}

  /** Asks for some hundred at most. */
  Answer of(Collection<String> externalIds) {
    SourceRows.Answer answer = rows.of(externalIds);
    return new Answer(answer.rows().keySet(), answer.unknown());
  }
}
