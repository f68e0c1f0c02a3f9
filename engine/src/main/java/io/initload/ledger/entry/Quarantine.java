package io.initload.ledger.entry;

import java.util.function.Consumer;

/** The rows of a chunk that cannot be staged; they may be too many for memory. */
public interface Quarantine {
  /** None at all. */
  Quarantine EMPTY =
      new Quarantine() {
        @Override
        public long count() {
          return 0;
        }

        @Override
        public void each(Consumer<Quarantined> row) {
          // There is none to show.
        }
      };

  long count();

  /** Shows one after another, each time it is called. */
  void each(Consumer<Quarantined> row);
}
