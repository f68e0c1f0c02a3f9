package io.initload.pipeline.prove;

import io.initload.config.SourceName;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.Prepared;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.Drift;
import io.initload.source.SourceFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rows of tables as they were read, as far as the source can still show them. */
public final class Pictures {
  private final Workbench bench;
  private final List<String> findings;
  private final List<String> notes;

  /** Tables read without a snapshot, by how well it is known that they did not change. */
  private final List<String> proven = new ArrayList<>();

  private final List<String> asMany = new ArrayList<>();

  /**
   * @param findings are added to, as are notes
   */
  public Pictures(Workbench bench, List<String> findings, List<String> notes) {
    this.bench = bench;
    this.findings = findings;
    this.notes = notes;
  }

  /**
   * The rows of a table as they were read.
   *
   * @param rows counted again, or when the table was planned where they cannot be seen any more
   * @param at where they can be read again
   */
  public record Picture(long rows, Optional<Snapshot> at) {}

  /** Looks at the source; what that came to and does not speak against it is noted at the end. */
  public Picture of(Prepared table, Pass pass) {
    SourceName source = table.config().source();
    if (pass.snapshot().kind() != Snapshot.Kind.FROZEN) {
      try {
        long rows = bench.source().count(table.config(), pass.snapshot());
        return new Picture(rows, Optional.of(pass.snapshot()));
      } catch (SourceFailure e) {
        if (!e.action().losesSnapshot()) {
          throw e;
        }
      }
    }
    Drift since = bench.source().since(source, pass.snapshot(), pass.snapshotRows());
    return since(pass, since, pass.snapshot().kind() == Snapshot.Kind.FROZEN);
  }

  private Picture since(Pass pass, Drift since, boolean frozen) {
    String name = pass.name();
    if (since == Drift.SAME) {
      if (frozen) {
        proven.add(name);
      }
      return new Picture(pass.snapshotRows(), Optional.of(pass.snapshot().frozen()));
    }
    if (since == Drift.AS_MANY && frozen) {
      asMany.add(name);
      return new Picture(pass.snapshotRows(), Optional.of(pass.snapshot()));
    }
    if (frozen) {
      findings.add(
          name
              + " was read without a snapshot and has been written to since its first read: nothing"
              + " can be compared.");
    } else {
      notes.add(
          name
              + ": its snapshot cannot be read any more and rows may have changed since; they were"
              + " counted when it was planned, and are held against the source as it is now.");
    }
    return new Picture(pass.snapshotRows(), Optional.empty());
  }

  /**
   * Says of the tables that were read without a snapshot how well that is known to be no matter.
   */
  public void note() {
    if (!proven.isEmpty()) {
      notes.add(
          "Read without a snapshot: %s. Row versions prove that nobody wrote since the first read."
              .formatted(String.join(", ", proven)));
    }
    if (!asMany.isEmpty()) {
      notes.add(
          "Read without a snapshot: %s. There are as many rows now as before the first read; the proof holds if nobody changed rows in place meanwhile."
              .formatted(String.join(", ", asMany)));
    }
  }
}
