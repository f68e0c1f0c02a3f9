package io.initload.simulator.dml.demand;

import java.util.Optional;

/** Something an org demands of a record as a whole. For one thread. */
interface Demand {
  /** Why a record may not be so; empty if it may. */
  Optional<Objection> objection(Candidate record);

  /** Forgets the records of the last transaction. */
  default void begin() {
    // most remember nothing
  }
}
