package io.initload.pipeline.extract;

import io.initload.Failure;
import io.initload.ledger.entry.Chunk;
import io.initload.ledger.entry.Pass;
import io.initload.pipeline.prepare.SnapshotPlan;
import io.initload.pipeline.work.Tables;
import io.initload.source.SourceFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What trouble with a chunk means for the pass. Passing trouble of the source is thrown on as such:
 * whoever calls the steps waits, longer each time, and the chunk is read again at the same
 * snapshot.
 */
final class SourceTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(SourceTrouble.class);

  private final Tables tables;
  private final SnapshotPlan snapshots;
  private final ReadingPace pace;

  SourceTrouble(Tables tables, SnapshotPlan snapshots, ReadingPace pace) {
    this.tables = tables;
    this.snapshots = snapshots;
    this.pace = pace;
  }

  /** The failure that the run has to bear with. */
  Failure verdict(Chunk chunk, Pass pass, Failure e) {
    return e instanceof SourceFailure source ? ofSource(chunk, pass, source) : e;
  }

  private Failure ofSource(Chunk chunk, Pass pass, SourceFailure e) {
    return switch (e.action()) {
      case READ_AGAIN, SERIALLY -> pace.again(chunk.label()) ? passing(e) : unreadable(chunk, e);
      case ONCE_AGAIN -> pace.onceAgain(chunk.label()) ? passing(e) : e;
      case WAIT, NO_ROOM -> passing(e);
      case FEWER_SESSIONS -> {
        pace.fewer();
        LOG.warn("the source has no room: {} sessions read from now on", pace.limit());
        yield passing(e);
      }
      // Undo may be short for one moment only, and another instance know it a moment later
      // (docs/reference/oracle.md, "When a snapshot is lost").
      case NEW_SNAPSHOT, SNAPSHOT_UNKNOWN ->
          pace.onceAgain(chunk.label()) || proven(pass) ? passing(e) : e;
      case STOP -> e;
    };
  }

  private boolean proven(Pass pass) {
    return snapshots.proven(pass, tables.get(pass.name()).config().source()).isPresent();
  }

  private static Failure unreadable(Chunk chunk, SourceFailure e) {
    return new Failure(
        Failure.Kind.PLATFORM,
        "SOURCE_CHUNK",
        "Chunk %s broke off %d times in a row; the last time: %s"
            .formatted(chunk.label(), ReadingPace.BROKEN_MAX, e.getMessage()),
        "Mend what the message names, or cut the table into smaller chunks (chunking.rows),"
            + " then run the same command again.",
        e);
  }

  private static Failure passing(SourceFailure e) {
    return new Failure(
        Failure.Kind.TRANSIENT, e.code(), String.valueOf(e.getMessage()), e.remedy(), e);
  }
}
