package io.initload.simulator.dml;

import static io.initload.simulator.dml.RowSet.CLEARED;
import static io.initload.simulator.dml.RowSet.IGNORED;

import io.initload.simulator.dml.demand.Demands;
import io.initload.simulator.dml.demand.Objection;
import io.initload.simulator.dml.removal.Removal;
import io.initload.simulator.model.Field;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.RecordImage;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoreBatch;
import io.initload.simulator.store.TypeStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns the checked rows of a transaction into changes of records and keys. */
final class RowWriter {
  private final RowSet rows;
  private final ColumnPlan plan;
  private final Messages messages;
  private final Records records;
  private final TypeStorage storage;
  private final long user;
  private final ColumnLayout layout;
  private final RowMatcher matcher;
  private final RowChecks checks;
  private final LockedRows locked;
  private final Removal removal;
  private final Demands demands;
  private final PendingRecord pending;
  private final RecordImage old = new RecordImage();
  private final ByteSink image = new ByteSink(1024);
  private final ByteSink key = new ByteSink(128);

  /** Whether the org has no room for records that this transaction would create. */
  private boolean full;

  RowWriter(RowSet rows, Records records, DmlRules rules, long user) {
    this.rows = rows;
    this.plan = rows.plan;
    this.messages = rows.messages;
    this.records = records;
    this.storage = records.storage(plan.type());
    this.user = user;
    this.layout = new ColumnLayout(plan, storage);
    this.matcher = new RowMatcher(rows, layout, records, rules);
    this.checks = new RowChecks(rows, layout.columns, rules);
    this.locked = new LockedRows(rows, layout, records);
    boolean details = plan.operation().removes() && rules.details() == DmlRules.Details.REMOVED;
    this.removal = new Removal(records, plan.type(), details, user);
    this.demands = Demands.on(plan.type(), f -> layout.columnOf(f) >= 0, records, rules.demands());
    this.pending = new PendingRecord(rows, layout, storage, old);
  }

  /** What is written to, in the order in which it is to be locked. */
  List<TypeStorage> touched() {
    return plan.operation().removes() ? removal.touched() : List.of(storage);
  }

  void write(StoreBatch batch, Instant now, RowLocks locks) {
    matcher.begin();
    demands.begin();
    removal.begin();
    full = records.full();
    for (int row = 0; row < rows.rows; row++) {
      if (!rows.failed(row)) {
        if (plan.operation().removes()) {
          remove(batch, row, now);
        } else {
          save(batch, row, now.toEpochMilli(), locks);
        }
      }
    }
  }

  private void save(StoreBatch batch, int row, long now, RowLocks locks) {
    long number = matcher.recordOf(row);
    if (rows.failed(row) || !locked.locked(row, number, locks)) {
      return;
    }
    if (number == Records.NONE) {
      insert(batch, row, now);
    } else {
      update(batch, row, number, now);
    }
  }

  private void insert(StoreBatch batch, int row, long now) {
    if (full) {
      rows.fail(row, RowError.of("STORAGE_LIMIT_EXCEEDED", messages.storageFull()));
      return;
    }
    if (checks.missesRequired(row)
        || checks.unwritable(row, true)
        || !matcher.unique(row, Records.NONE)
        || objected(row, Records.NONE)) {
      return;
    }
    long number = storage.newNumber();
    rows.numbers[row] = number;
    rows.results[row] = RowResult.CREATED;
    image.clear();
    RecordImage.begin(image, now, now, user, user, false);
    int d = 0;
    int base = row * rows.columns;
    for (int i = 0; i < layout.columns.length; i++) {
      int length = rows.valueLength[base + layout.columns[i]];
      while (d < layout.defaults.size() && layout.defaults.get(d).number < layout.numbers[i]) {
        writeDefault(layout.defaults.get(d++));
      }
      if (length > 0) {
        RecordImage.value(
            image,
            layout.numbers[i],
            rows.values.array(),
            rows.valueAt[base + layout.columns[i]],
            length);
      } else if (length == IGNORED && layout.usual[i].length > 0) {
        RecordImage.value(image, layout.numbers[i], layout.usual[i], 0, layout.usual[i].length);
      }
    }
    while (d < layout.defaults.size()) {
      writeDefault(layout.defaults.get(d++));
    }
    records.put(batch, storage, number, image);
    for (Field field : storage.indexed()) {
      putKey(batch, row, field, number);
    }
    storage.grow(1);
  }

  /** The key by which a new record is found by a field: of what the row brings, or of the usual. */
  private void putKey(StoreBatch batch, int row, Field field, long number) {
    int column = layout.columnOf(field);
    int length = column < 0 ? IGNORED : rows.length(row, column);
    if (length > 0) {
      int at = rows.at(row, column);
      records.putKey(batch, storage, field, rows.values.array(), at, length, number, key);
    } else if (length == IGNORED && !plan.type().usualValue(field).isEmpty()) {
      byte[] usual = plan.type().usualValue(field).getBytes(StandardCharsets.UTF_8);
      records.putKey(batch, storage, field, usual, 0, usual.length, number, key);
    }
  }

  private boolean objected(int row, long number) {
    if (demands.none()) {
      return false;
    }
    Optional<Objection> objection = demands.objection(pending.of(row, number));
    objection.ifPresent(o -> rows.fail(row, messages.error(o)));
    return objection.isPresent();
  }

  private void writeDefault(ColumnLayout.Default value) {
    RecordImage.value(image, value.number, value.value, 0, value.value.length);
  }

  private void update(StoreBatch batch, int row, long number, long now) {
    byte @Nullable [] before = records.image(storage, number);
    if (before == null) {
      rows.fail(row, RowError.of("ENTITY_IS_DELETED", messages.deleted()));
      return;
    }
    rows.numbers[row] = number;
    old.read(before, before.length);
    if (checks.clearsRequired(row)
        || checks.unwritable(row, false)
        || !matcher.unique(row, number)
        || objected(row, number)) {
      return;
    }
    moveKeys(batch, row, number);
    old.rewind();
    image.clear();
    RecordImage.begin(image, old.createdMillis(), now, old.createdBy(), user, false);
    int base = row * rows.columns;
    int i = 0;
    boolean more = old.next();
    while (more || i < layout.columns.length) {
      int oldNumber = more ? old.valueNumber() : Integer.MAX_VALUE;
      int newNumber = i < layout.columns.length ? layout.numbers[i] : Integer.MAX_VALUE;
      int length = i < layout.columns.length ? rows.valueLength[base + layout.columns[i]] : 0;
      if (newNumber <= oldNumber && length > 0) {
        int at = rows.valueAt[base + layout.columns[i]];
        RecordImage.value(image, newNumber, rows.values.array(), at, length);
      } else if (!layout.renewed.get(oldNumber)
          && (oldNumber < newNumber || (oldNumber == newNumber && length != CLEARED))) {
        RecordImage.value(image, oldNumber, old.array(), old.valueAt(), old.valueLength());
      }
      if (newNumber <= oldNumber) {
        i++;
      }
      if (oldNumber <= newNumber) {
        more = old.next();
      }
    }
    records.put(batch, storage, number, image);
    rows.results[row] = RowResult.UPDATED;
  }

  /** Index entries of values that change. */
  private void moveKeys(StoreBatch batch, int row, long number) {
    for (Field field : storage.indexed()) {
      int column = layout.columnOf(field);
      int length = column < 0 ? 0 : rows.length(row, column);
      if (length <= 0 && length != CLEARED) {
        continue;
      }
      int at = rows.at(row, column);
      boolean had = old.seek(storage.numberOf(field));
      if (had
          && length > 0
          && Arrays.equals(
              rows.values.array(),
              at,
              at + length,
              old.array(),
              old.valueAt(),
              old.valueAt() + old.valueLength())) {
        continue;
      }
      if (had) {
        records.removeKey(
            batch, storage, field, old.array(), old.valueAt(), old.valueLength(), number, key);
      }
      if (length > 0) {
        records.putKey(batch, storage, field, rows.values.array(), at, length, number, key);
      }
    }
  }

  private void remove(StoreBatch batch, int row, Instant now) {
    int at = rows.at(row, plan.keyColumn());
    int length = rows.length(row, plan.keyColumn());
    if (length <= 0) {
      rows.fail(row, RowError.of("MISSING_ARGUMENT", messages.idNotSpecified("a delete")));
      return;
    }
    long number = matcher.byId(row, at, length);
    if (rows.failed(row)) {
      return;
    }
    boolean forGood = plan.operation() == Operation.HARD_DELETE;
    removal.remove(batch, storage, number, forGood, now.toEpochMilli());
    rows.results[row] = RowResult.REMOVED;
  }
}
