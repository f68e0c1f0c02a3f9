package io.initload.simulator.dml;

import io.initload.simulator.store.ByteSink;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a transaction: their values in canonical form, and what became of each. For one
 * thread.
 */
final class RowSet {
  /** Length of a value that is left alone. */
  static final int IGNORED = -1;

  /** Length of a value that clears its field. */
  static final int CLEARED = -2;

  final ColumnPlan plan;
  final Messages messages;
  final ByteSink values = new ByteSink(64 * 1024);
  final int columns;

  int rows;
  int[] valueAt = new int[0];
  int[] valueLength = new int[0];
  RowResult[] results = new RowResult[0];
  long[] numbers = new long[0];
  @Nullable RowError[] errors = new RowError[0];

  RowSet(ColumnPlan plan, Messages messages) {
    this.plan = plan;
    this.messages = messages;
    this.columns = plan.columns();
  }

  void clear() {
    rows = 0;
    values.clear();
  }

  /** Adds a row without values and answers its number. */
  int add() {
    int row = rows++;
    if (row == results.length) {
      int more = Math.max(200, row * 2);
      results = Arrays.copyOf(results, more);
      numbers = Arrays.copyOf(numbers, more);
      errors = Arrays.copyOf(errors, more);
      valueAt = Arrays.copyOf(valueAt, more * columns);
      valueLength = Arrays.copyOf(valueLength, more * columns);
    }
    results[row] = RowResult.UPDATED;
    numbers[row] = 0;
    errors[row] = null;
    return row;
  }

  void fail(int row, RowError error) {
    if (errors[row] == null) {
      errors[row] = error;
      results[row] = RowResult.FAILED;
    }
  }

  /** Whether a row has failed. */
  boolean failed(int row) {
    return errors[row] != null;
  }

  /** Where a row's value for a column starts in the values. */
  int at(int row, int column) {
    return valueAt[row * columns + column];
  }

  /** How long it is; negative if there is none. */
  int length(int row, int column) {
    return valueLength[row * columns + column];
  }

  /** The canonical text a row brings for a column, empty if none. */
  String text(int row, int column) {
    int length = length(row, column);
    return length <= 0 ? "" : FieldRule.string(values.array(), at(row, column), length);
  }
}
