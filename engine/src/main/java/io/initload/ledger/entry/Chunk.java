package io.initload.ledger.entry;

import io.initload.plan.ChunkBounds;
import java.util.Optional;

/**
 * A chunk as the ledger knows it.
 *
 * @param owner the worker that reads it
 */
public record Chunk(
    String table,
    long no,
    ChunkBounds bounds,
    long expectedRows,
    boolean exact,
    State state,
    Optional<String> owner,
    long rowsRead,
    long quarantined,
    long rowsStaged) {

  /** The life of a chunk. */
  public enum State {
    PLANNED,
    EXTRACTING,
    STAGED,
    SETTLED
  }

  /** Whether it was read before, and a staged file of it is gone. */
  public boolean again() {
    return rowsStaged > 0;
  }

  /** For people, logs and file names: {@code TABLE-00003}. */
  public String label() {
    return label(table, no);
  }

  public static String label(String table, long no) {
    return "%s-%05d".formatted(table, no);
  }
}
