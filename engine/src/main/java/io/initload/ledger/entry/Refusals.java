package io.initload.ledger.entry;

import java.util.function.Consumer;

/** The refused rows of a part; there may be more of them than memory holds. */
public interface Refusals {
  long count();

  /** Shows one after another, each time it is called. */
  void each(Consumer<Refused> row);
}
