package io.initload.simulator.soql.run;

import org.jspecify.annotations.Nullable;

/** Each row becomes another. Owns the rows. */
final class Mapped implements RowCursor {
  private final RowCursor rows;
  private final Change change;

  /** One row to another. */
  interface Change {
    @Nullable Object[] of(@Nullable Object[] row);
  }

  Mapped(RowCursor rows, Change change) {
    this.rows = rows;
    this.change = change;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] row = rows.next();
    return row == null ? null : change.of(row);
  }

  @Override
  public void close() {
    rows.close();
  }
}
