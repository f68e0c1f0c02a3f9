package io.initload.ledger;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * One statement for many rows of a transaction, sent a thousand at a time: rows are not held back
 * for the end, however many there are. {@link #send()} sends the last ones.
 */
final class Rows {
  private static final int AT_ONCE = 1_000;

  private final PreparedBatch batch;
  private long changed;

  Rows(Handle h, String sql) {
    this.batch = h.prepareBatch(sql);
  }

  void add(Object... values) {
    batch.add(values);
    if (batch.size() == AT_ONCE) {
      send();
    }
  }

  /** Rows that all of them changed in the ledger. */
  long send() {
    if (batch.size() > 0) {
      for (int rows : batch.execute()) {
        changed += rows;
      }
    }
    return changed;
  }
}
