package io.initload.pipeline.work;

/**
 * Is told where the pipeline stands between two acts. Production ignores it; a rehearsal ends the
 * process at a label of its choice.
 */
@FunctionalInterface
public interface Checkpoint {
  Checkpoint NONE = label -> {};

  /** The act named by the label is done, what it means for the ledger is not yet written. */
  void reached(String label);
}
