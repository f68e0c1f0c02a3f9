package io.initload.simulator.dml;

import io.initload.simulator.dml.demand.Candidate;
import io.initload.simulator.model.Field;
import io.initload.simulator.store.RecordImage;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.TypeStorage;

/** The record that a row of a transaction would make. Used again for the next row. */
final class PendingRecord implements Candidate {
  private final RowSet rows;
  private final ColumnLayout layout;
  private final TypeStorage storage;
  private final RecordImage old;
  private int row;
  private long number;

  /**
   * Looks at rows.
   *
   * @param old holds the image of a record that a row updates
   */
  PendingRecord(RowSet rows, ColumnLayout layout, TypeStorage storage, RecordImage old) {
    this.rows = rows;
    this.layout = layout;
    this.storage = storage;
    this.old = old;
  }

  PendingRecord of(int nextRow, long nextNumber) {
    row = nextRow;
    number = nextNumber;
    return this;
  }

  @Override
  public boolean isNew() {
    return number == Records.NONE;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public boolean brings(Field field) {
    int column = layout.columnOf(field);
    return column >= 0 && rows.length(row, column) != RowSet.IGNORED;
  }

  @Override
  public String value(Field field) {
    int column = layout.columnOf(field);
    int length = column < 0 ? RowSet.IGNORED : rows.length(row, column);
    if (length != RowSet.IGNORED) {
      return rows.text(row, column);
    }
    return isNew() ? rows.plan.type().usualValue(field) : before(field);
  }

  @Override
  public String before(Field field) {
    return !isNew() && old.seek(storage.numberOf(field))
        ? FieldRule.string(old.array(), old.valueAt(), old.valueLength())
        : "";
  }
}
