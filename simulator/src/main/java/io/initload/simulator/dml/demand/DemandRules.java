package io.initload.simulator.dml.demand;

import java.util.List;

/**
 * How demands are judged where the answer of a real org is not confirmed. Immutable.
 *
 * @param hierarchies lookups to the own object, as {@code Object.Field}, that may not lead back
 * @param loops the code of the refusal
 * @param alerts what becomes of a record about which a duplicate rule would ask the user
 * @param inactiveOwners what becomes of a record that is given to a user who has left
 */
public record DemandRules(
    List<String> hierarchies, LoopCode loops, Alerts alerts, InactiveOwners inactiveOwners) {
  public DemandRules {
    hierarchies = List.copyOf(hierarchies);
  }

  /** Codes that a loop may be refused with. */
  public enum LoopCode {
    CIRCULAR_DEPENDENCY,
    FIELD_INTEGRITY_EXCEPTION
  }

  /** What becomes of a record about which a duplicate rule would ask the user. */
  public enum Alerts {
    REFUSED,
    SAVED
  }

  /** Whether the user has the permission "Update Records with Inactive Owners". */
  public enum InactiveOwners {
    REFUSED,
    ALLOWED
  }
}
