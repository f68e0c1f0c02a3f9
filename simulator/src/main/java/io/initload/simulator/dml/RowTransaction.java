package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoreBatch;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Up to some hundred rows that are checked one by one and written together: begin, add rows,
 * commit, look at each row's result. Used again for the next rows. For one thread; any number of
 * transactions may run side by side.
 */
public final class RowTransaction {
  /** What became of a row. */
  public enum Result {
    CREATED,
    UPDATED,
    REMOVED,
    FAILED
  }

  static final int IGNORED = -1;
  static final int CLEARED = -2;

  final ColumnPlan plan;
  final Messages messages;
  final ByteSink values = new ByteSink(64 * 1024);
  private final Records records;
  private final DmlRules rules;
  private final @Nullable FieldRule[] columnRules;
  private final RowWriter writer;
  private final StoreBatch batch = new StoreBatch();
  private final int columns;

  int rows;
  int[] valueAt = new int[0];
  int[] valueLength = new int[0];
  Result[] results = new Result[0];
  long[] numbers = new long[0];
  @Nullable RowError[] errors = new RowError[0];

  /**
   * Prepares for rows of a plan.
   *
   * @param user number of the user who writes
   */
  public RowTransaction(Records records, ColumnPlan plan, DmlRules rules, long user) {
    this.records = records;
    this.plan = plan;
    this.rules = rules;
    this.messages = new Messages(rules.language());
    this.columns = plan.columns();
    this.columnRules = new FieldRule[columns];
    for (int i = 0; i < columns; i++) {
      columnRules[i] = plan.rule(i, records, messages, rules);
    }
    this.writer = new RowWriter(this, records, rules, user);
  }

  /** Forgets the rows of the last transaction. */
  public void begin() {
    rows = 0;
    values.clear();
  }

  /**
   * Adds a row.
   *
   * @param data holds the values as UTF-8 text; empty is left alone, {@code #N/A} clears
   * @param at where each column's value starts, from position {@code first} on
   * @param length how long each is
   */
  public void add(byte[] data, int[] at, int[] length, int first) {
    int row = newRow();
    int base = row * columns;
    for (int c = 0; c < columns; c++) {
      FieldRule rule = columnRules[c];
      int size = length[first + c];
      int from = at[first + c];
      if (size == 0 || rule == null) {
        valueLength[base + c] = IGNORED;
        continue;
      }
      if (size == 4 && data[from] == '#' && isClear(data, from)) {
        valueLength[base + c] = CLEARED;
        continue;
      }
      int start = values.size();
      RowError error = null;
      if (rule.field.system() == Field.SystemField.ID) {
        values.put(data, from, size);
      } else {
        error = rule.apply(data, from, size, values);
      }
      if (error != null) {
        values.truncate(start);
        fail(row, error);
        valueLength[base + c] = IGNORED;
        continue;
      }
      valueAt[base + c] = start;
      valueLength[base + c] = values.size() - start;
    }
  }

  /** Adds a row that is refused as it stands. */
  public void addBroken(RowError error) {
    int row = newRow();
    Arrays.fill(valueLength, row * columns, row * columns + columns, IGNORED);
    fail(row, error);
  }

  /** Adds a row in whose text a quote stands where none may stand. */
  public void addUnescapedQuote() {
    addBroken(RowError.of("INVALID_FIELD", messages.unescapedQuote()));
  }

  /** Adds a row with another number of columns than the header. */
  public void addRagged(int found) {
    addBroken(RowError.of("INVALID_FIELD", messages.raggedRow(found, columns)));
  }

  private static boolean isClear(byte[] data, int at) {
    return data[at + 1] == 'N' && data[at + 2] == '/' && data[at + 3] == 'A';
  }

  private int newRow() {
    int row = rows++;
    if (row == results.length) {
      int more = Math.max(200, row * 2);
      results = Arrays.copyOf(results, more);
      numbers = Arrays.copyOf(numbers, more);
      errors = Arrays.copyOf(errors, more);
      valueAt = Arrays.copyOf(valueAt, more * columns);
      valueLength = Arrays.copyOf(valueLength, more * columns);
    }
    results[row] = Result.UPDATED;
    numbers[row] = 0;
    errors[row] = null;
    return row;
  }

  void fail(int row, RowError error) {
    if (errors[row] == null) {
      errors[row] = error;
      results[row] = Result.FAILED;
    }
  }

  /**
   * Writes the good rows, all together.
   *
   * @param now the time stamped on the records
   * @param locks decides which rows get their locks
   * @param also adds what is to be written with the rows, knowing their results
   */
  public void commit(Instant now, RowLocks locks, Consumer<StoreBatch> also) {
    DmlRules.@Nullable Trigger trigger = firedTrigger();
    if (trigger != null) {
      RowError error =
          RowError.of(
              "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
              messages.triggerFailed(trigger.object() + "Trigger", trigger.poison()));
      for (int row = 0; row < rows; row++) {
        fail(row, error);
      }
    }
    var storage = records.storage(plan.type());
    storage.lock().lock();
    try {
      writer.write(batch, storage, now, locks);
      also.accept(batch);
      records.write(batch, storage);
    } finally {
      storage.lock().unlock();
    }
  }

  private DmlRules.@Nullable Trigger firedTrigger() {
    for (DmlRules.Trigger trigger : rules.triggers()) {
      if (!trigger.object().equalsIgnoreCase(plan.type().name())) {
        continue;
      }
      for (int c = 0; c < columns; c++) {
        Field field = plan.field(c);
        if (field == null || !field.name().equalsIgnoreCase(trigger.field())) {
          continue;
        }
        for (int row = 0; row < rows; row++) {
          if (errors[row] == null && text(row, c).contains(trigger.poison())) {
            return trigger;
          }
        }
      }
    }
    return null;
  }

  /** The canonical text a row brings for a column, empty if none. */
  String text(int row, int column) {
    int length = valueLength[row * columns + column];
    return length <= 0
        ? ""
        : FieldRule.string(values.array(), valueAt[row * columns + column], length);
  }

  /** How many rows there are. */
  public int rows() {
    return rows;
  }

  public Result result(int row) {
    return results[row];
  }

  /** Why a row failed; only of a row that has. */
  public RowError error(int row) {
    RowError error = errors[row];
    if (error == null) {
      throw new IllegalStateException("Row " + row + " has not failed");
    }
    return error;
  }

  /** Writes the id of a row's record; nothing if the row has none. */
  public void appendId(int row, ByteSink out) {
    if (numbers[row] > 0) {
      out.room(IdSpace.LENGTH);
      records.ids().write(plan.type().keyPrefix(), numbers[row], out.array(), out.size());
      out.skip(IdSpace.LENGTH);
    }
  }

  /** Whether a row brings a value for a column. */
  public boolean hasValue(int row, int column) {
    return valueLength[row * columns + column] >= 0;
  }

  /** The array canonical values lie in. */
  public byte[] canonical() {
    return values.array();
  }

  /** Where a row's canonical value for a column starts. */
  public int canonicalAt(int row, int column) {
    return valueAt[row * columns + column];
  }

  /** How long a row's canonical value for a column is. */
  public int canonicalLength(int row, int column) {
    return valueLength[row * columns + column];
  }
}
