package io.initload.simulator.dml;

import io.initload.simulator.dml.keys.SeenKeys;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.RecordImage;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.TypeStorage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the record a row is for, and whether its unique values belong to another one: in the org,
 * and among the rows before it. Rows that match nothing they may match fail. For one thread.
 */
final class RowMatcher {
  private static final int UPSERT_KEY = -1;
  private static final int RECORD = -2;

  private final RowSet rows;
  private final ColumnPlan plan;
  private final ColumnLayout layout;
  private final Messages messages;
  private final Records records;
  private final TypeStorage storage;
  private final boolean failAllDuplicates;
  private final RecordImage found = new RecordImage();
  private final ByteSink key = new ByteSink(128);
  private final SeenKeys seen = new SeenKeys();

  RowMatcher(RowSet rows, ColumnLayout layout, Records records, DmlRules rules) {
    this.rows = rows;
    this.plan = rows.plan;
    this.layout = layout;
    this.messages = rows.messages;
    this.records = records;
    this.storage = records.storage(plan.type());
    this.failAllDuplicates = rules.duplicates() == DmlRules.Duplicates.ALL_ROWS;
  }

  /** Forgets the rows of the last transaction and looks at these as a whole. */
  void begin() {
    seen.clear();
    if (failAllDuplicates && plan.operation() == Operation.UPSERT) {
      failDuplicates();
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

  /** The record a row is for, {@link Records#NONE} for a new one; or the row fails. */
  long recordOf(int row) {
    int keyColumn = plan.keyColumn();
    boolean hasKey = keyColumn >= 0 && rows.length(row, keyColumn) > 0;
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
    int at = rows.at(row, keyColumn);
    int length = rows.length(row, keyColumn);
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

  /** The record of a row's id; or the row fails. */
  long byId(int row, int at, int length) {
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
    byte @Nullable [] image = number > 0 ? records.image(storage, number) : null;
    if (image == null) {
      rows.fail(row, RowError.of("INVALID_CROSS_REFERENCE_KEY", messages.crossReference()));
      return Records.NONE;
    }
    found.read(image, image.length);
    rows.numbers[row] = number;
    if (found.deleted() && plan.operation() != Operation.HARD_DELETE) {
      rows.fail(row, RowError.of("ENTITY_IS_DELETED", messages.deleted()));
    } else if (firstWithId(number, row) != SeenKeys.NEW) {
      rows.fail(row, RowError.of("DUPLICATE_VALUE", messages.duplicateId(value)));
    }
    return number;
  }

  /** Whether the values a row brings for unique fields belong to no other record. */
  boolean unique(int row, long self) {
    for (Field field : storage.indexed()) {
      int column = layout.columnOf(field);
      if (!field.keyed().unique() || column < 0 || rows.length(row, column) <= 0) {
        continue;
      }
      boolean matchedBy = column == plan.keyColumn() && plan.operation() == Operation.UPSERT;
      int at = rows.at(row, column);
      int length = rows.length(row, column);
      long other =
          matchedBy ? self : records.find(storage, field, rows.values.array(), at, length, key);
      int before = matchedBy ? SeenKeys.NEW : firstWith(field.index(), field, row, column);
      if (before != SeenKeys.NEW && !rows.failed(before) && other == Records.NONE) {
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
        field, rows.values.array(), rows.at(row, column), rows.length(row, column), key);
    return seen.add(kind, key.array(), key.size(), row);
  }

  private int firstWithId(long number, int row) {
    key.clear();
    key.putBigEndian(number, 8);
    return seen.add(RECORD, key.array(), key.size(), row);
  }

  private String normalised(Field field, int row, int column) {
    int length = rows.length(row, column);
    if (length <= 0) {
      return "";
    }
    key.clear();
    TypeStorage.appendNormalised(field, rows.values.array(), rows.at(row, column), length, key);
    return FieldRule.string(key.array(), 0, key.size());
  }
}
