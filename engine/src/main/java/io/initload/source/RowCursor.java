package io.initload.source;

import io.initload.mapping.SourceRow;

/**
 * Streams rows: stands before the first one, then on each in turn. Holds a session until it is
 * closed. Not thread-safe.
 *
 * <p>Within a row, columns must be written in the order of the reads the cursor was opened with and
 * each at most once: long values stream.
 */
public interface RowCursor extends SourceRow, AutoCloseable {
  /**
   * Moves on.
   *
   * @return false after the last row
   * @throws SourceFailure when the database or the network fails
   */
  boolean next();

  /** Ends the read and gives the session back. */
  @Override
  void close();
}
