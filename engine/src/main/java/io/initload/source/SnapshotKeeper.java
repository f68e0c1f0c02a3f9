package io.initload.source;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.plan.Snapshot;
import io.initload.source.session.DatabaseSession;
import io.initload.source.session.SessionLender;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes snapshots, and holds those that live only as long as a session. Safe for several threads.
 */
final class SnapshotKeeper implements AutoCloseable {
  private static final int KEEPER_SECONDS = 10;

  private final Dialect dialect;
  private final SessionLender lender;
  private final boolean snapshots;

  /** Sessions that hold a snapshot for the others. */
  private final List<DatabaseSession> keepers = new CopyOnWriteArrayList<>();

  /**
   * @param snapshots whether the configuration asks for them
   */
  SnapshotKeeper(Dialect dialect, SessionLender lender, boolean snapshots) {
    this.dialect = dialect;
    this.lender = lender;
    this.snapshots = snapshots;
  }

  /**
   * The moment to read at; take it before planning. A snapshot of the kind {@code EXPORTED} lives
   * as long as this database is open (a session of it stays in its transaction); the others need no
   * one to hold them.
   */
  Snapshot snapshot() {
    boolean frozen = !snapshots;
    return lender.give(
        "taking a snapshot",
        session -> {
          Snapshot taken = dialect.snapshot(session.connection());
          Snapshot snapshot = frozen ? taken.frozen() : taken;
          if (snapshot.kind() == Snapshot.Kind.FROZEN && !frozen && dialect.sharesSnapshots()) {
            throw new Failure(
                Kind.PLATFORM,
                "SOURCE_PRIVILEGE",
                "The user of the source may not ask for the moment to read at.",
                "Grant SELECT on V_$DATABASE or EXECUTE on DBMS_FLASHBACK (`plan` prints the"
                    + " grants), or vouch that nobody writes with source.consistency: frozen.");
          }
          if (snapshot.kind() == Snapshot.Kind.EXPORTED) {
            keepers.removeIf(SnapshotKeeper::dead);
            keepers.add(session);
          } else {
            session.close();
          }
          return snapshot;
        });
  }

  /** Whether reads at a snapshot can still be begun, as far as asking costs nothing. */
  boolean holds(Snapshot snapshot) {
    if (snapshot.kind() != Snapshot.Kind.EXPORTED) {
      return true;
    }
    try {
      return lender.with(
          "looking for the snapshot",
          session -> {
            dialect.enter(session.connection(), snapshot);
            return true;
          });
    } catch (SourceFailure e) {
      if (!e.action().losesSnapshot()) {
        throw e;
      }
      return false;
    }
  }

  /** Keeps a table's rows in their places for as long as a snapshot is held. */
  void hold(TableShape shape) throws SQLException {
    for (DatabaseSession keeper : keepers) {
      synchronized (keeper) {
        dialect.hold(keeper.connection(), shape);
      }
    }
  }

  private static boolean dead(DatabaseSession keeper) {
    try {
      synchronized (keeper) {
        if (keeper.connection().isValid(KEEPER_SECONDS)) {
          return false;
        }
      }
      keeper.broken();
      keeper.close();
    } catch (SQLException e) {
      // It is gone: nothing depends on it any more.
    }
    return true;
  }

  @Override
  public void close() {
    keepers.forEach(DatabaseSession::close);
  }
}
