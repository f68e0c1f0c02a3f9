package io.initload.simulator.dml;

import static io.initload.simulator.dml.RowTransaction.CLEARED;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.RecordImage;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.StoreBatch;
import io.initload.simulator.store.TypeStorage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the checked rows of a transaction into changes of records and keys. */
final class RowWriter {
  private static final int UPSERT_KEY = -1;
  private static final int RECORD = -2;

  private final RowTransaction rows;
  private final ColumnPlan plan;
  private final Messages messages;
  private final Records records;
  private final TypeStorage storage;
  private final long user;
  private final boolean failAllDuplicates;
  private final int columns;

  /** Columns that write a value, in order of the number their field is stored under. */
  private final int[] ordered;

  private final int[] orderedNumbers;
  private final int[] columnOfField;
  private final List<Default> defaults = new ArrayList<>();
  private final RecordImage old = new RecordImage();
  private final ByteSink image = new ByteSink(1024);
  private final ByteSink key = new ByteSink(128);
  private final SeenKeys seen = new SeenKeys();
  private final RowChecks checks;

  /** Whether the org has no room for records that this transaction would create. */
  private boolean full;

  private static final class Default {
    final int number;
    final byte[] value;

    Default(int number, byte[] value) {
      this.number = number;
      this.value = value;
    }
  }

  RowWriter(RowTransaction rows, Records records, DmlRules rules, long user) {
    this.rows = rows;
    this.plan = rows.plan;
    this.messages = rows.messages;
    this.records = records;
    this.storage = records.storage(plan.type());
    this.user = user;
    this.failAllDuplicates = rules.duplicates() == DmlRules.Duplicates.ALL_ROWS;
    this.columns = plan.columns();
    List<Integer> writing = new ArrayList<>();
    Set<Field> given = new HashSet<>();
    for (int c = 0; c < columns; c++) {
      Field field = plan.field(c);
      if (field != null && field.system() != Field.SystemField.ID && given.add(field)) {
        writing.add(c);
      }
    }
    writing.sort(Comparator.comparingInt(c -> storage.numberOf(target(c))));
    this.ordered = writing.stream().mapToInt(Integer::intValue).toArray();
    this.orderedNumbers = writing.stream().mapToInt(c -> storage.numberOf(target(c))).toArray();
    this.checks = new RowChecks(rows, ordered);
    this.columnOfField = new int[plan.type().fields().size()];
    Arrays.fill(columnOfField, -1);
    for (int column : ordered) {
      columnOfField[target(column).index()] = column;
    }
    for (Field field : plan.type().fields()) {
      if (!field.defaultValue().isEmpty() && !given.contains(field)) {
        byte[] value = field.defaultValue().getBytes(StandardCharsets.UTF_8);
        defaults.add(new Default(storage.numberOf(field), value));
      }
    }
    defaults.sort(Comparator.comparingInt((Default d) -> d.number));
  }

  private Field target(int column) {
    Field field = plan.field(column);
    if (field == null) {
      throw new IllegalStateException("Column " + column + " writes nothing");
    }
    return field;
  }

  void write(StoreBatch batch, TypeStorage into, Instant now, RowLocks locks) {
    seen.clear();
    full = records.full();
    if (failAllDuplicates && plan.operation() == Operation.UPSERT) {
      failDuplicates();
    }
    for (int row = 0; row < rows.rows; row++) {
      if (rows.errors[row] == null) {
        if (plan.operation().removes()) {
          remove(batch, row, now);
        } else {
          save(batch, row, now.toEpochMilli(), locks);
        }
      }
    }
  }

  private void failDuplicates() {
    Map<String, Integer> first = new HashMap<>();
    for (int row = 0; row < rows.rows; row++) {
      String value = normalised(plan.keyField(), row, plan.keyColumn());
      Integer before = value.isEmpty() ? null : first.putIfAbsent(value, row);
      if (before != null) {
        RowError error =
            RowError.of("DUPLICATE_VALUE", messages.duplicateKey(rows.text(row, plan.keyColumn())));
        rows.fail(before, error);
        rows.fail(row, error);
      }
    }
  }

  private void save(StoreBatch batch, int row, long now, RowLocks locks) {
    long number = recordOf(row);
    if (rows.errors[row] != null || !locked(row, number, locks)) {
      return;
    }
    if (number == Records.NONE) {
      insert(batch, row, now);
    } else {
      update(batch, row, number, now);
    }
  }

  /** The record a row is for, {@link Records#NONE} for a new one; or the row fails. */
  private long recordOf(int row) {
    int keyColumn = plan.keyColumn();
    boolean hasKey = keyColumn >= 0 && rows.valueLength[row * columns + keyColumn] > 0;
    if (plan.operation() == Operation.INSERT) {
      if (hasKey) {
        rows.fail(row, RowError.of("INVALID_FIELD_FOR_INSERT_UPDATE", messages.idOnInsert(), "Id"));
      }
      return Records.NONE;
    }
    boolean byId = keyColumn < 0 || plan.keyField().system() == Field.SystemField.ID;
    if (!hasKey) {
      if (plan.operation() == Operation.UPSERT && byId) {
        return Records.NONE;
      }
      String message =
          byId
              ? messages.idNotSpecified("an update")
              : messages.notSpecified(plan.keyField().name());
      rows.fail(row, RowError.of("MISSING_ARGUMENT", message));
      return Records.NONE;
    }
    int at = rows.valueAt[row * columns + keyColumn];
    int length = rows.valueLength[row * columns + keyColumn];
    if (byId) {
      return byId(row, at, length);
    }
    Field keyField = plan.keyField();
    if (firstWith(UPSERT_KEY, keyField, row, keyColumn) != SeenKeys.NEW) {
      String value = rows.text(row, keyColumn);
      rows.fail(row, RowError.of("DUPLICATE_VALUE", messages.duplicateKey(value)));
      return Records.NONE;
    }
    long number = records.find(storage, keyField, rows.values.array(), at, length, key);
    if (number == Records.SEVERAL) {
      List<String> ids =
          records.byKey(plan.type(), keyField, rows.text(row, keyColumn), 10).stream()
              .map(r -> r.id())
              .toList();
      rows.fail(
          row,
          RowError.of(
              "DUPLICATE_EXTERNAL_ID",
              messages.severalByKey(keyField.label(), String.join(", ", ids)),
              keyField.name()));
    }
    return number;
  }

  private long byId(int row, int at, int length) {
    byte[] text = rows.values.array();
    long number = records.ids().read(text, at, length);
    String value = FieldRule.string(text, at, length);
    if (number == IdSpace.MALFORMED || !value.startsWith(plan.type().keyPrefix())) {
      rows.fail(
          row,
          RowError.of(
              "MALFORMED_ID", messages.malformedId(plan.type().label() + " ID", value), "Id"));
      return Records.NONE;
    }
    byte @Nullable [] found = number > 0 ? records.image(storage, number) : null;
    if (found == null) {
      rows.fail(row, RowError.of("INVALID_CROSS_REFERENCE_KEY", messages.crossReference()));
      return Records.NONE;
    }
    old.read(found, found.length);
    rows.numbers[row] = number;
    if (old.deleted() && plan.operation() != Operation.HARD_DELETE) {
      rows.fail(row, RowError.of("ENTITY_IS_DELETED", messages.deleted()));
    } else if (firstWithId(number, row) != SeenKeys.NEW) {
      rows.fail(row, RowError.of("DUPLICATE_VALUE", messages.duplicateId(value)));
    }
    return number;
  }

  private boolean locked(int row, long number, RowLocks locks) {
    if (locks == RowLocks.FREE) {
      return true;
    }
    if (!locks.obtain(row, RowLocks.ITSELF)) {
      String id = number > 0 ? records.ids().id(plan.type().keyPrefix(), number) : "";
      rows.fail(row, RowError.of("UNABLE_TO_LOCK_ROW", messages.locked(id)));
      return false;
    }
    for (int column : ordered) {
      Field field = target(column);
      int length = rows.valueLength[row * columns + column];
      if (field.locksParent() && length == IdSpace.LENGTH) {
        int at = rows.valueAt[row * columns + column];
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

  private void insert(StoreBatch batch, int row, long now) {
    if (full) {
      rows.fail(row, RowError.of("STORAGE_LIMIT_EXCEEDED", messages.storageFull()));
      return;
    }
    if (checks.missesRequired(row) || checks.unwritable(row, true) || !unique(row, Records.NONE)) {
      return;
    }
    long number = storage.newNumber();
    rows.numbers[row] = number;
    rows.results[row] = RowTransaction.Result.CREATED;
    image.clear();
    RecordImage.begin(image, now, now, user, user, false);
    int d = 0;
    int base = row * columns;
    for (int i = 0; i < ordered.length; i++) {
      int length = rows.valueLength[base + ordered[i]];
      while (d < defaults.size() && defaults.get(d).number < orderedNumbers[i]) {
        writeDefault(defaults.get(d++));
      }
      if (length > 0) {
        RecordImage.value(
            image, orderedNumbers[i], rows.values.array(), rows.valueAt[base + ordered[i]], length);
      }
    }
    while (d < defaults.size()) {
      writeDefault(defaults.get(d++));
    }
    records.put(batch, storage, number, image);
    for (Field field : storage.indexed()) {
      int column = columnOf(field);
      int length = column < 0 ? 0 : rows.valueLength[base + column];
      if (length > 0) {
        int at = rows.valueAt[base + column];
        records.putKey(batch, storage, field, rows.values.array(), at, length, number, key);
      }
    }
    storage.grow(1);
  }

  private void writeDefault(Default value) {
    RecordImage.value(image, value.number, value.value, 0, value.value.length);
  }

  private void update(StoreBatch batch, int row, long number, long now) {
    byte @Nullable [] before = records.image(storage, number);
    if (before == null) {
      rows.fail(row, RowError.of("ENTITY_IS_DELETED", messages.deleted()));
      return;
    }
    rows.numbers[row] = number;
    if (checks.clearsRequired(row) || checks.unwritable(row, false) || !unique(row, number)) {
      return;
    }
    old.read(before, before.length);
    moveKeys(batch, row, number);
    old.rewind();
    image.clear();
    RecordImage.begin(image, old.createdMillis(), now, old.createdBy(), user, false);
    int base = row * columns;
    int i = 0;
    boolean more = old.next();
    while (more || i < ordered.length) {
      int oldNumber = more ? old.valueNumber() : Integer.MAX_VALUE;
      int newNumber = i < ordered.length ? orderedNumbers[i] : Integer.MAX_VALUE;
      int length = i < ordered.length ? rows.valueLength[base + ordered[i]] : 0;
      if (newNumber <= oldNumber && length > 0) {
        int at = rows.valueAt[base + ordered[i]];
        RecordImage.value(image, newNumber, rows.values.array(), at, length);
      } else if (oldNumber < newNumber || (oldNumber == newNumber && length != CLEARED)) {
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
    rows.results[row] = RowTransaction.Result.UPDATED;
  }

  /** Index entries of values that change. */
  private void moveKeys(StoreBatch batch, int row, long number) {
    for (Field field : storage.indexed()) {
      int column = columnOf(field);
      int length = column < 0 ? 0 : rows.valueLength[row * columns + column];
      if (length <= 0 && length != CLEARED) {
        continue;
      }
      int at = rows.valueAt[row * columns + column];
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
    int at = rows.valueAt[row * columns + plan.keyColumn()];
    int length = rows.valueLength[row * columns + plan.keyColumn()];
    if (length <= 0) {
      rows.fail(row, RowError.of("MISSING_ARGUMENT", messages.idNotSpecified("a delete")));
      return;
    }
    long number = byId(row, at, length);
    if (rows.errors[row] != null) {
      return;
    }
    boolean wasLive = !old.deleted();
    if (wasLive) {
      for (Field field : storage.indexed()) {
        if (old.seek(storage.numberOf(field))) {
          records.removeKey(
              batch, storage, field, old.array(), old.valueAt(), old.valueLength(), number, key);
        }
      }
      storage.grow(-1);
      storage.keyRemoved();
    }
    if (plan.operation() == Operation.HARD_DELETE) {
      records.remove(batch, storage, number);
    } else {
      image.clear();
      RecordImage.begin(
          image, old.createdMillis(), now.toEpochMilli(), old.createdBy(), user, true);
      old.rewind();
      while (old.next()) {
        RecordImage.value(image, old.valueNumber(), old.array(), old.valueAt(), old.valueLength());
      }
      records.put(batch, storage, number, image);
    }
    rows.results[row] = RowTransaction.Result.REMOVED;
  }

  /** Whether the values a row brings for unique fields belong to no other record. */
  private boolean unique(int row, long self) {
    for (Field field : storage.indexed()) {
      int column = columnOf(field);
      if (!field.keyed().unique() || column < 0 || rows.valueLength[row * columns + column] <= 0) {
        continue;
      }
      boolean matchedBy = column == plan.keyColumn() && plan.operation() == Operation.UPSERT;
      int at = rows.valueAt[row * columns + column];
      int length = rows.valueLength[row * columns + column];
      long other =
          matchedBy ? self : records.find(storage, field, rows.values.array(), at, length, key);
      int before = matchedBy ? SeenKeys.NEW : firstWith(field.index(), field, row, column);
      if (before != SeenKeys.NEW && rows.errors[before] == null && other == Records.NONE) {
        other = rows.numbers[before];
      }
      if (other != Records.NONE && other != self) {
        String id = records.ids().id(plan.type().keyPrefix(), other);
        rows.fail(row, RowError.of("DUPLICATE_VALUE", messages.duplicateValue(field.name(), id)));
        return false;
      }
    }
    return true;
  }

  private int firstWith(int kind, Field field, int row, int column) {
    key.clear();
    TypeStorage.appendNormalised(
        field,
        rows.values.array(),
        rows.valueAt[row * columns + column],
        rows.valueLength[row * columns + column],
        key);
    return seen.add(kind, key.array(), key.size(), row);
  }

  private int firstWithId(long number, int row) {
    key.clear();
    key.putBigEndian(number, 8);
    return seen.add(RECORD, key.array(), key.size(), row);
  }

  private String normalised(Field field, int row, int column) {
    int length = rows.valueLength[row * columns + column];
    if (length <= 0) {
      return "";
    }
    key.clear();
    TypeStorage.appendNormalised(
        field, rows.values.array(), rows.valueAt[row * columns + column], length, key);
    return FieldRule.string(key.array(), 0, key.size());
  }

  private int columnOf(Field field) {
    return columnOfField[field.index()];
  }
}
