package io.initload.pipeline.prepare;

import io.initload.Failure;
import io.initload.config.SourceName;
import io.initload.ledger.TableBook;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.work.Workbench;
import io.initload.plan.Snapshot;
import io.initload.source.Drift;
import io.initload.source.SourceDatabase;
import io.initload.source.SourceFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The moments tables are read at: the migration's, and what is done for a table whose snapshot is
 * lost. It goes on at a later one when row versions prove that its rows are the same; else it is
 * planned anew at a later one, as long as nothing of it was loaded; else it stops. Rows of two
 * pictures are never mixed, and a table that left the migration's moment says so in its reason.
 * Safe for several threads.
 */
public final class SnapshotPlan {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotPlan.class);
  private static final String TOO_OLD = "SOURCE_SNAPSHOT_TOO_OLD";

  private final TableBook book;
  private final SourceDatabase source;
  private final Snapshot begun;
  private @Nullable Snapshot later;

  private SnapshotPlan(TableBook book, SourceDatabase source, Snapshot begun) {
    this.book = book;
    this.source = source;
    this.begun = begun;
  }

  public static SnapshotPlan of(Workbench bench, Snapshot begun) {
    return new SnapshotPlan(bench.ledger().tables(), bench.source(), begun);
  }

  /** Where tables are read that are not planned yet. */
  synchronized Snapshot current() {
    return source.holds(begun) ? begun : after(begun);
  }

  /**
   * A moment of this process's own, shared by its tables until it is lost as well.
   *
   * @param lost the one that cannot be read at any more
   */
  synchronized Snapshot after(Snapshot lost) {
    if (later == null || later.equals(lost)) {
      later = source.snapshot();
    }
    return later;
  }

  /** What to say of a table that is read at a moment; empty when it is the migration's. */
  String difference(Snapshot at) {
    return at.equals(begun)
        ? ""
        : "; read at a later moment than the migration's, whose snapshot was lost";
  }

  /**
   * A planned table that goes on; empty when it was forgotten, to be planned anew.
   *
   * @throws Failure {@code SOURCE_SNAPSHOT_TOO_OLD} when its rows changed and some are loaded
   */
  Optional<Pass> goOn(Pass pass, SourceName table) {
    boolean lost =
        pass.stopped().map(why -> why.startsWith(TOO_OLD)).orElse(false)
            || !source.holds(pass.snapshot());
    if (!lost) {
      return Optional.of(pass);
    }
    Optional<Pass> proven = proven(pass, table);
    if (proven.isPresent()) {
      return proven;
    }
    if (book.forget(pass.name())) {
      LOG.warn("{}: its snapshot is lost; nothing was loaded, so it is planned anew", pass.name());
      return Optional.empty();
    }
    throw new Failure(
        Failure.Kind.FAILED,
        TOO_OLD,
        "The snapshot of %s is lost, its rows cannot be proven to be the same, and some are loaded."
            .formatted(pass.name()),
        "Start the migration under a new name: rows that are loaded are updated by their external"
            + " id. Before that, give the snapshot a longer life (UNDO_RETENTION) or nobody the"
            + " right to write.");
  }

  /** The table at a later moment that shows the same rows; empty when that cannot be proven. */
  public synchronized Optional<Pass> proven(Pass pass, SourceName table) {
    Optional<Pass> now = book.pass(pass.name());
    if (now.isPresent() && !now.get().snapshot().equals(pass.snapshot())) {
      return now;
    }
    if (pass.snapshot().kind() == Snapshot.Kind.FROZEN) {
      return Optional.empty();
    }
    Snapshot other = after(pass.snapshot());
    if (!same(pass, table)) {
      return Optional.empty();
    }
    LOG.warn(
        "{}: goes on at {}, which shows the same rows as {}", pass.name(), other, pass.snapshot());
    book.moved(
        pass.name(),
        pass.snapshot(),
        other,
        pass.reason() + "; goes on at a later moment, proven to show the same rows");
    return book.pass(pass.name());
  }

  private boolean same(Pass pass, SourceName table) {
    try {
      return source.since(table, pass.snapshot(), pass.snapshotRows()) == Drift.SAME;
    } catch (SourceFailure e) {
      if (!e.action().losesSnapshot()) {
        throw e;
      }
      return false;
    }
  }
}
