package io.initload.pipeline.work;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Calls steps until nothing is left to move. */
public interface StepRunner {
  /** A step and how many threads may run it at once. */
  record Station(Step step, int threads) {}

  /**
   * Runs the posts until {@code done} or a stop was requested.
   *
   * @throws io.initload.Failure the first lasting trouble of any step
   */
  void work(List<Station> stations, BooleanSupplier done) throws InterruptedException;
}
