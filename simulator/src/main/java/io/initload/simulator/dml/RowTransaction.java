package io.initload.simulator.dml;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoreBatch;
import io.initload.simulator.store.TypeStorage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Up to some hundred rows that are checked one by one and written together: begin, add rows,
 * commit, look at each row's result. Used again for the next rows. For one thread; any number of
 * transactions may run side by side.
 */
public final class RowTransaction {
  private final RowSet set;
  private final Records records;
  private final DmlRules rules;
  private final @Nullable FieldRule[] columnRules;
  private final RowWriter writer;
  private final StoreBatch batch = new StoreBatch();
  private final int columns;

  /**
   * Prepares for rows of a plan.
   *
   * @param user number of the user who writes
   */
  public RowTransaction(Records records, ColumnPlan plan, DmlRules rules, long user) {
    this.records = records;
    this.rules = rules;
    this.set = new RowSet(plan, Messages.in(rules.language()));
    this.columns = plan.columns();
    this.columnRules = new FieldRule[columns];
    for (int i = 0; i < columns; i++) {
      columnRules[i] = plan.rule(i, records, set.messages, rules);
    }
    this.writer = new RowWriter(set, records, rules, user);
  }

  /** Forgets the rows of the last transaction. */
  public void begin() {
    set.clear();
  }

  /**
   * Adds a row.
   *
   * @param data holds the values as UTF-8 text; empty is left alone, {@code #N/A} clears
   * @param at where each column's value starts, from position {@code first} on
   * @param length how long each is
   */
  public void add(byte[] data, int[] at, int[] length, int first) {
    int row = set.add();
    int base = row * columns;
    for (int c = 0; c < columns; c++) {
      FieldRule rule = columnRules[c];
      int size = length[first + c];
      int from = at[first + c];
      if (size == 0 || rule == null) {
        set.valueLength[base + c] = RowSet.IGNORED;
        continue;
      }
      if (size == 4 && data[from] == '#' && isClear(data, from)) {
        set.valueLength[base + c] = RowSet.CLEARED;
        continue;
      }
      int start = set.values.size();
      RowError error = null;
      if (rule.field.system() == Field.SystemField.ID) {
        set.values.put(data, from, size);
      } else {
        error = rule.apply(data, from, size, set.values);
      }
      if (error != null) {
        set.values.truncate(start);
        set.fail(row, error);
        set.valueLength[base + c] = RowSet.IGNORED;
        continue;
      }
      int stored = set.values.size() - start;
      set.valueAt[base + c] = start;
      set.valueLength[base + c] = stored == 0 ? RowSet.CLEARED : stored;
    }
  }

  /** Adds a row that is refused as it stands. */
  public void addBroken(RowError error) {
    int row = set.add();
    Arrays.fill(set.valueLength, row * columns, row * columns + columns, RowSet.IGNORED);
    set.fail(row, error);
  }

  /** Adds a row in whose text a quote stands where none may stand. */
  public void addUnescapedQuote() {
    addBroken(RowError.of("INVALID_FIELD", set.messages.unescapedQuote()));
  }

  /** Adds a row with another number of columns than the header. */
  public void addRagged(int found) {
    addBroken(RowError.of("INVALID_FIELD", set.messages.raggedRow(found, columns)));
  }

  private static boolean isClear(byte[] data, int at) {
    return data[at + 1] == 'N' && data[at + 2] == '/' && data[at + 3] == 'A';
  }

  /**
   * Writes the good rows, all together.
   *
   * @param now the time stamped on the records
   * @param locks decides which rows get their locks
   * @param also adds what is to be written with the rows, knowing their set.results
   */
  public void commit(Instant now, RowLocks locks, Consumer<StoreBatch> also) {
    DmlRules.@Nullable Trigger trigger = firedTrigger();
    if (trigger != null) {
      RowError error =
          RowError.of(
              "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
              set.messages.triggerFailed(trigger.object() + "Trigger", trigger.poison()));
      for (int row = 0; row < set.rows; row++) {
        set.fail(row, error);
      }
    }
    List<TypeStorage> touched = writer.touched();
    touched.forEach(storage -> storage.lock().lock());
    try {
      writer.write(batch, now, locks);
      also.accept(batch);
      records.write(batch, touched);
    } finally {
      touched.forEach(storage -> storage.lock().unlock());
    }
  }

  private DmlRules.@Nullable Trigger firedTrigger() {
    for (DmlRules.Trigger trigger : rules.triggers()) {
      if (!trigger.object().equalsIgnoreCase(set.plan.type().name())) {
        continue;
      }
      for (int c = 0; c < columns; c++) {
        Field field = set.plan.field(c);
        if (field == null || !field.name().equalsIgnoreCase(trigger.field())) {
          continue;
        }
        for (int row = 0; row < set.rows; row++) {
          if (set.errors[row] == null && set.text(row, c).contains(trigger.poison())) {
            return trigger;
          }
        }
      }
    }
    return null;
  }

  /** How many rows there are. */
  public int rows() {
    return set.rows;
  }

  public RowResult result(int row) {
    return set.results[row];
  }

  /** Why a row failed; only of a row that has. */
  public RowError error(int row) {
    RowError error = set.errors[row];
    if (error == null) {
      throw new IllegalStateException("Row " + row + " has not failed");
    }
    return error;
  }

  /** Writes the id of a row's record; nothing if the row has none. */
  public void appendId(int row, ByteSink out) {
    if (set.numbers[row] > 0) {
      out.room(IdSpace.LENGTH);
      records.ids().write(set.plan.type().keyPrefix(), set.numbers[row], out.array(), out.size());
      out.skip(IdSpace.LENGTH);
    }
  }

  /** Whether a row brings a value for a column. */
  public boolean hasValue(int row, int column) {
    return set.length(row, column) >= 0;
  }

  /** The array canonical set.values lie in. */
  public byte[] canonical() {
    return set.values.array();
  }

  /** Where a row's canonical value for a column starts. */
  public int canonicalAt(int row, int column) {
    return set.at(row, column);
  }

  /** How long a row's canonical value for a column is. */
  public int canonicalLength(int row, int column) {
    return set.length(row, column);
  }
}
