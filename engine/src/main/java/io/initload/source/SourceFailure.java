package io.initload.source;

import io.initload.Failure;

/**
 * The source refused or was away. Beside what every {@link Failure} tells, says what may be done
 * about the chunk that was being read (docs/reference/oracle.md, "Errors").
 */
public final class SourceFailure extends Failure {
  /** What the caller may do. */
  public enum Action {
    /** Read the same chunk again, at the same snapshot, on a new session. */
    READ_AGAIN,
    /** As {@link #READ_AGAIN}, but only once: a second time a person must act. */
    ONCE_AGAIN,
    /** As {@link #READ_AGAIN}, without the database's parallel servers. */
    SERIALLY,
    /** As {@link #READ_AGAIN}, after a wait that grows. */
    WAIT,
    /** As {@link #WAIT}, or ask for less: a sort or a grouping found no temporary space. */
    NO_ROOM,
    /** As {@link #WAIT}, with fewer sessions at once. */
    FEWER_SESSIONS,
    /** The snapshot is gone or does not fit the table any more: the table needs a new one. */
    NEW_SNAPSHOT,
    /**
     * The session does not know the moment: on another instance of a cluster than the one it was
     * taken on it may be ahead. As {@link #ONCE_AGAIN} after some seconds, then as {@link
     * #NEW_SNAPSHOT}.
     */
    SNAPSHOT_UNKNOWN,
    /** Nothing: a person must act. */
    STOP;

    /** Whether the snapshot counts as lost once the same one was tried again. */
    public boolean losesSnapshot() {
      return this == NEW_SNAPSHOT || this == SNAPSHOT_UNKNOWN;
    }
  }

  private static final long serialVersionUID = 1L;

  private final Action action;

  public SourceFailure(
      Action action,
      Reach reach,
      Kind kind,
      String code,
      String message,
      String remedy,
      Throwable cause) {
    super(reach, kind, code, message, remedy, cause);
    this.action = action;
  }

  /** The same with another remedy. */
  SourceFailure remedied(String remedy) {
    return new SourceFailure(
        action, reach(), kind(), code(), String.valueOf(getMessage()), remedy, this);
  }

  public Action action() {
    return action;
  }
}
