package io.initload.simulator.hook;

/**
 * Decides at each point of a request's life what happens there. Called in the thread of the
 * request, by several threads at a time.
 */
@FunctionalInterface
public interface RequestHook {
  /** Points in the life of a request, in order. */
  enum Point {
    /** It has arrived; nothing is read or checked. */
    START,
    /** Some of an upload's body is read; {@code bytes} says how many so far. */
    UPLOAD,
    /** It is read, allowed and well formed; nothing is changed. */
    BEFORE_COMMIT,
    /** What it asks for is done; nothing is sent. */
    AFTER_COMMIT,
    /** The answer's body is about to be sent. */
    BODY
  }

  /**
   * What happens to the request here.
   *
   * @param bytes bytes of an upload read so far; 0 elsewhere
   */
  Effect at(Point point, RequestFacts request, long bytes);
}
