package io.initload.simulator.soql.run;

import org.jspecify.annotations.Nullable;

/** Rows as arrays, one after the other. Whoever made it closes it. */
interface RowCursor extends AutoCloseable {
  /** The next row, a new array; null at the end. */
  @Nullable Object @Nullable [] next();

  @Override
  void close();
}
