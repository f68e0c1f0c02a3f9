package io.initload;

/**
 * Is told of each act on one of the two systems before it is done, so that none is done that nobody
 * knows of; of what only an answer says, such as a job's id, when it has come. Implementations are
 * safe for several threads.
 */
@FunctionalInterface
public interface Audit {
  /** For work that belongs to no migration, and writes nothing. */
  Audit NONE = (act, object) -> {};

  /**
   * Something is about to be done.
   *
   * @param object to what, in words that name no value of a row and no secret
   * @throws Failure when that cannot be written down; the act must not be done then
   */
  void about(Act act, String object);

  /** What is done to the two systems, one statement or call at a time. */
  enum Act {
    /** A session of the source is opened. */
    SOURCE_SESSION,
    /** The moment to read at was taken; said when it is known. */
    SOURCE_SNAPSHOT,
    /** The rows of a chunk are read. */
    SOURCE_CHUNK,
    /** A table of the source is made, changed and dropped, to see what it answers. */
    SOURCE_SCRATCH,
    /** Somebody logs in to the org. */
    ORG_SESSION,
    /** An ingest job is made. */
    JOB_CREATE,
    /** The org has made it; said when its id is known. */
    JOB_CREATED,
    /** It is given its rows. */
    JOB_UPLOAD,
    /** It is handed over: from here on the org writes rows. */
    JOB_CLOSE,
    /** It is ended. */
    JOB_ABORT,
    /** It is removed, with its results. */
    JOB_DELETE,
    /** A bulk query is begun. */
    QUERY_CREATE,
    /** A bulk query is removed, with its results. */
    QUERY_DELETE,
    /** Any other call that is not a mere look, a single record's among them. */
    ORG_CALL,
    /** A person has asked for the deletion of all that the migration created. */
    UNDO,
    /** A person has asked that nothing new be begun. */
    PAUSE,
    /** A person has asked that it go on. */
    RESUME,
    /** A person has asked for the end of whoever works on the migration, and of its jobs. */
    ABORT,
    /** A person has asked that a table be loaded anew. */
    RESET,
    /** A person has taken a table out of the migration. */
    FORGET
  }
}
