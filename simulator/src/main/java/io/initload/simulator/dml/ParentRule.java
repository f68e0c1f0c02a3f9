package io.initload.simulator.dml;

import io.initload.simulator.dml.keys.KnownParents;
import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.store.ByteSink;
import io.initload.simulator.store.Records;
import io.initload.simulator.store.TypeStorage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values that lead to another record: its id, or the value of a key field of it. Remembers parents
 * it has found until one of their object loses a key.
 */
final class ParentRule extends FieldRule {
  private final Records records;
  private final @Nullable SObjectType parent;
  private final @Nullable Field parentKey;
  private final KnownParents known = new KnownParents();
  private final ByteSink key = new ByteSink(64);
  private long keysRemoved;

  private ParentRule(
      Field field,
      Messages messages,
      int column,
      Records records,
      @Nullable SObjectType parent,
      @Nullable Field parentKey) {
    super(field, messages, column);
    this.records = records;
    this.parent = parent;
    this.parentKey = parentKey;
  }

  static ParentRule byId(Field field, Messages messages, int column, Records records) {
    return new ParentRule(field, messages, column, records, null, null);
  }

  static ParentRule byKey(
      Field field,
      Messages messages,
      int column,
      Records records,
      SObjectType parent,
      Field parentKey) {
    return new ParentRule(field, messages, column, records, parent, parentKey);
  }

  @Override
  @Nullable RowError apply(byte[] text, int at, int length, ByteSink out) {
    if (parent == null || parentKey == null || parentKey.system() == Field.SystemField.ID) {
      return id(text, at, length, out);
    }
    TypeStorage storage = records.storage(parent);
    forgetIfKeysMoved(storage);
    long number = known.find(text, at, length);
    if (number == 0) {
      number = records.find(storage, parentKey, text, at, length, key);
      if (number == Records.NONE) {
        String value = string(text, at, length);
        return RowError.of(
            "INVALID_FIELD", messages.foreignKeyMissing(value, parentKey.name(), parent.name()));
      }
      if (number == Records.SEVERAL) {
        return RowError.of("INVALID_FIELD", messages.foreignKeySeveral(parentKey.name()));
      }
      known.put(text, at, length, number);
    }
    write(parent.keyPrefix(), number, out);
    return null;
  }

  private void forgetIfKeysMoved(TypeStorage storage) {
    if (storage.keysRemoved() != keysRemoved) {
      known.clear();
      keysRemoved = storage.keysRemoved();
    }
  }

  private void write(String prefix, long number, ByteSink out) {
    out.room(IdSpace.LENGTH);
    records.ids().write(prefix, number, out.array(), out.size());
    out.skip(IdSpace.LENGTH);
  }

  private @Nullable RowError id(byte[] text, int at, int length, ByteSink out) {
    long number = records.ids().read(text, at, length);
    if (number == IdSpace.MALFORMED) {
      return malformed(text, at, length);
    }
    String prefix = new String(text, at, 3, StandardCharsets.US_ASCII);
    Optional<SObjectType> type = records.schema().byPrefix(prefix);
    if (type.isPresent() && !field.referenceTo().contains(type.get().name())) {
      return malformed(text, at, length);
    }
    if (number == IdSpace.FOREIGN || type.isEmpty()) {
      return error("INVALID_CROSS_REFERENCE_KEY", messages.crossReference());
    }
    TypeStorage storage = records.storage(type.get());
    forgetIfKeysMoved(storage);
    if (known.find(text, at, 15) == 0) {
      byte[] image = records.image(storage, number);
      if (image == null) {
        return error("INVALID_CROSS_REFERENCE_KEY", messages.crossReference());
      }
      if ((image[0] & 1) != 0) {
        return error("ENTITY_IS_DELETED", messages.deleted());
      }
      known.put(text, at, 15, number);
    }
    write(prefix, number, out);
    return null;
  }

  private RowError malformed(byte[] text, int at, int length) {
    return error("MALFORMED_ID", messages.malformedId(field.label(), string(text, at, length)));
  }
}
