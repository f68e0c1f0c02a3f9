package io.initload.simulator.behaviour;

/**
 * What an org did.
 *
 * @param kind whether it did what is expected
 * @param setting the switch that makes the simulated org do the same; empty where none is known, or
 *     needed
 * @param seen one sentence
 */
public record Outcome(Kind kind, String setting, String seen) {
  /** How it compares. */
  public enum Kind {
    AS_EXPECTED,
    /** In a way that other orgs are known for. */
    OTHERWISE,
    UNEXPECTED
  }
}
