package io.initload.pipeline;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Calls steps until nothing is left to move. */
interface StepRunner {
  /** A step and how many threads may run it at once. */
  record Post(Step step, int threads) {}

  /**
   * Runs the posts until {@code done} or a stop was requested.
   *
   * @throws io.initload.Failure the first lasting trouble of any step
   */
  void work(List<Post> posts, BooleanSupplier done) throws InterruptedException;
}
