package io.initload.simulator.soql.run;

import io.initload.simulator.soql.SoqlError;
import io.initload.simulator.soql.parse.QueryText;
import org.jspecify.annotations.Nullable;

/** Groups have no further pages: more than fit in one answer are refused. Owns the rows. */
final class AtMost implements RowCursor {
  private final RowCursor rows;
  private int left;

  AtMost(RowCursor rows, int most) {
    this.rows = rows;
    this.left = most;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object @Nullable [] row = rows.next();
    if (row != null && left-- == 0) {
      throw QueryText.refuse(
          SoqlError.EXCEEDED_ID_LIMIT,
          "Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch");
    }
    return row;
  }

  @Override
  public void close() {
    rows.close();
  }
}
