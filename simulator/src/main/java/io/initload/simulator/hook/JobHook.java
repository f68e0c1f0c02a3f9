package io.initload.simulator.hook;

/** Decides before each transaction of a job what happens to it. Called by several threads. */
@FunctionalInterface
public interface JobHook {
  /** What happens before this transaction. */
  JobEffect before(JobFacts transaction);
}
