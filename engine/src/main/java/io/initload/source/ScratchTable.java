package io.initload.source;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.evidence.CheckResult;
import io.initload.mapping.ColumnRead;
import io.initload.mapping.ExactText;
import io.initload.mapping.Rendering;
import io.initload.plan.ChunkBounds;
import io.initload.plan.Snapshot;
import io.initload.retry.Sleeper;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a table, reads it at a snapshot, has it changed, reads it again, and drops it: whether a
 * snapshot stands still. The one thing that is ever written to a source, and only where the user
 * names the table.
 */
public final class ScratchTable {
  private static final List<String> ROWS = List.of("1 a", "2 b", "3 c");

  /** A table that was just made cannot be read in the past (docs/reference/oracle.md, "Errors"). */
  private static final Duration WAIT = Duration.ofSeconds(5);

  private static final int TRIES = 72;

  private final SourceDatabase source;
  private final SourceName name;
  private final Sleeper sleeper;

  /**
   * @param name of a table that is not there yet
   * @param sleeper waits until the table can be read in the past
   */
  public ScratchTable(SourceDatabase source, SourceName name, Sleeper sleeper) {
    this.source = source;
    this.name = name;
    this.sleeper = sleeper;
  }

  /** Makes, changes, reads and drops it; drops nothing that it did not make. */
  public CheckResult look() throws InterruptedException {
    Optional<Evidence.Scratch> scratch = source.examiner().scratch(name);
    if (scratch.isEmpty()) {
      return CheckResult.leftOut("This kind of database has no snapshot that sessions share.");
    }
    try {
      source.examiner().write(scratch.get().make());
    } catch (Failure e) {
      return CheckResult.unknown(
          "%s cannot be made: %s".formatted(name, e.getMessage()),
          "Name a table that is not there, in a schema in which the user may make one.");
    }
    try {
      return tried(scratch.get());
    } finally {
      source.examiner().write(scratch.get().drop());
    }
  }

  private CheckResult tried(Evidence.Scratch scratch) throws InterruptedException {
    Snapshot at = settled();
    if (at.kind() == Snapshot.Kind.FROZEN) {
      return CheckResult.leftOut("The configuration asks for no snapshot (source.consistency).");
    }
    source.examiner().write(scratch.change());
    List<String> then = rows(at);
    List<String> now = rows(source.snapshot());
    if (then.equals(ROWS) && !now.equals(ROWS)) {
      return CheckResult.holds(
          "After an update, a delete and an insert by another session the rows of %s are the same."
              .formatted(at.kind() == Snapshot.Kind.SCN ? "the SCN" : "the snapshot"));
    }
    return CheckResult.fails(
        "Rows of the snapshot: %s; they were %s. Rows now: %s.".formatted(then, ROWS, now),
        "Load nothing from this database while others write, and report it with this page.");
  }

  private Snapshot settled() throws InterruptedException {
    for (int i = 1; ; i++) {
      try {
        Snapshot at = source.snapshot();
        rows(at);
        return at;
      } catch (SourceFailure e) {
        if (i == TRIES || e.action() == SourceFailure.Action.STOP) {
          throw e;
        }
        sleeper.sleep(WAIT);
      }
    }
  }

  private List<String> rows(Snapshot at) {
    List<ColumnRead> reads =
        List.of(new ColumnRead("ID", Rendering.TEXT), new ColumnRead("V", Rendering.TEXT));
    List<String> rows = new ArrayList<>();
    ExactText text = new ExactText();
    try (RowCursor cursor =
        source.read(name, new ChunkBounds.Whole(), at, reads, ZoneOffset.UTC, name + " doctor")) {
      while (cursor.next()) {
        cursor.write(0, text);
        text.text(" ");
        cursor.write(1, text);
        rows.add(text.take());
      }
    }
    rows.sort(String::compareTo);
    return List.copyOf(rows);
  }
}
