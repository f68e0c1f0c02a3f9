package io.initload.pipeline.work;

import java.time.Instant;

/**
 * One kind of act of the pipeline, taken from the ledger piece by piece. Steps know nothing of each
 * other: each looks into the ledger for a piece it can move, claims it, moves it and writes down
 * what became of it. Who calls them, and from how many threads, is not their business.
 */
public interface Step {
  /** For logs and thread names. */
  String name();

  /**
   * Moves one piece.
   *
   * @return false when there is nothing to move now
   */
  boolean tryStep() throws InterruptedException;

  /**
   * When a step without work is worth asking again even if nothing else happens; {@link
   * Instant#MAX} when only something else can give it work.
   */
  Instant due();
}
