package io.initload.ledger.database;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * One statement for many rows of a transaction, sent a thousand at a time, or as soon as their
 * texts hold a million characters: rows are not held back for the end, however many and long they
 * are. {@link #send()} sends the last ones.
 */
public final class Rows {
  private static final int AT_ONCE = 1_000;
  private static final long CHARACTERS_AT_ONCE = 1_000_000;

  private final PreparedBatch batch;
  private long characters;
  private long changed;

  public Rows(Handle h, String sql) {
    this.batch = h.prepareBatch(sql);
  }

  public void add(@Nullable Object... values) {
    batch.add(values);
    for (Object value : values) {
      characters += value instanceof String text ? text.length() : 0;
    }
    if (batch.size() == AT_ONCE || characters >= CHARACTERS_AT_ONCE) {
      send();
    }
  }

  /** Rows that all of them changed in the ledger. */
  public long send() {
    if (batch.size() > 0) {
      for (int rows : batch.execute()) {
        changed += rows;
      }
    }
    characters = 0;
    return changed;
  }
}
