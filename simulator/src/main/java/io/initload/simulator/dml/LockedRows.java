package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.store.Records;

/** Gets the locks a row needs: its own, and those of the parents it names; or the row fails. */
final class LockedRows {
  private final RowSet rows;
  private final ColumnPlan plan;
  private final ColumnLayout layout;
  private final Messages messages;
  private final Records records;

  LockedRows(RowSet rows, ColumnLayout layout, Records records) {
    this.rows = rows;
    this.plan = rows.plan;
    this.layout = layout;
    this.messages = rows.messages;
    this.records = records;
  }

  /** Whether a row has all its locks; {@code number} is its record, not above zero if new. */
  boolean locked(int row, long number, RowLocks locks) {
    if (locks == RowLocks.FREE) {
      return true;
    }
    if (!locks.obtain(row, RowLocks.ITSELF)) {
      String id = number > 0 ? records.ids().id(plan.type().keyPrefix(), number) : "";
      rows.fail(row, RowError.of("UNABLE_TO_LOCK_ROW", messages.locked(id)));
      return false;
    }
    for (int column : layout.columns) {
      Field field = layout.target(column);
      int length = rows.length(row, column);
      if (field.locksParent() && length == IdSpace.LENGTH) {
        int at = rows.at(row, column);
        long parent = parentKey(rows.values.array(), at);
        if (!locks.obtain(row, parent)) {
          String id = FieldRule.string(rows.values.array(), at, length);
          rows.fail(row, RowError.of("UNABLE_TO_LOCK_ROW", messages.locked(id)));
          return false;
        }
      }
    }
    return true;
  }

  private long parentKey(byte[] id, int at) {
    long prefix = (id[at] & 0xffL) << 16 | (id[at + 1] & 0xffL) << 8 | (id[at + 2] & 0xffL);
    return prefix << 40 | records.ids().read(id, at, IdSpace.LENGTH);
  }
}
