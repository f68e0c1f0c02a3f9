package io.initload.simulator.soql.run;

import org.jspecify.annotations.Nullable;

/** OFFSET and LIMIT. Owns the rows. */
final class Slice implements RowCursor {
  private final RowCursor rows;
  private long toSkip;
  private long toGive;

  Slice(RowCursor rows, long offset, long limit) {
    this.rows = rows;
    this.toSkip = offset;
    this.toGive = limit;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (toSkip > 0) {
      toSkip--;
      if (rows.next() == null) {
        toGive = 0;
      }
    }
    if (toGive <= 0) {
      return null;
    }
    toGive--;
    return rows.next();
  }

  @Override
  public void close() {
    rows.close();
  }
}
