package io.initload.simulator.store;

import io.initload.simulator.model.Field;
import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.SObjectType;
import io.initload.simulator.model.Schema;
import io.initload.simulator.store.StoreBatch.Family;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The records of an org: found by id or key, counted, scanned. Safe for several threads; writers of
 * one object take turns by {@link TypeStorage#lock}.
 */
public final class Records {
  /** Answer of {@link #find}: no such record. */
  public static final long NONE = 0;

  /** Answer of {@link #find}: more than one. */
  public static final long SEVERAL = -1;

  /** Numbers of records have six bytes. */
  private static final long NUMBER_MAX = (1L << 48) - 1;

  private final Database store;
  private final Schema schema;
  private final IdSpace ids;
  private final Map<SObjectType, TypeStorage> storages = new HashMap<>();
  private volatile LongSupplier recordsMax = () -> Long.MAX_VALUE;

  Records(Database store, Schema schema, IdSpace ids) {
    this.store = store;
    this.schema = schema;
    this.ids = ids;
    List<String> objects =
        new ArrayList<>(store.findFact("objects").map(TypeStorage::decodeNames).orElse(List.of()));
    StoreBatch batch = new StoreBatch();
    for (SObjectType type : schema.objects()) {
      int number = objects.indexOf(type.name());
      if (number < 0) {
        number = objects.size();
        objects.add(type.name());
      }
      List<String> known =
          store.findFact("fields/" + type.name()).map(TypeStorage::decodeNames).orElse(List.of());
      TypeStorage storage = new TypeStorage(type, number, known);
      store.findFact("count/" + type.name()).ifPresent(storage::restoreCounters);
      storages.put(type, storage);
      if (known.size() != storage.names().size()) {
        Database.putFact(batch, "fields/" + type.name(), TypeStorage.encodeNames(storage.names()));
      }
    }
    Database.putFact(batch, "objects", TypeStorage.encodeNames(objects));
    store.write(batch);
  }

  /** Sets how many records of all objects together there may be. */
  public void limit(LongSupplier max) {
    recordsMax = max;
  }

  /** Whether there is no room for another record. */
  public boolean full() {
    long all = 0;
    for (TypeStorage storage : storages.values()) {
      all += storage.live();
    }
    return all >= recordsMax.getAsLong();
  }

  public Schema schema() {
    return schema;
  }

  public IdSpace ids() {
    return ids;
  }

  /** Where the records of an object of this org's schema lie. */
  public TypeStorage storage(SObjectType type) {
    TypeStorage storage = storages.get(type);
    if (storage == null) {
      throw new IllegalArgumentException(type + " is not an object of this org");
    }
    return storage;
  }

  /** How many records an object has, without deleted ones. */
  public long count(SObjectType type) {
    return storage(type).live();
  }

  /** The record with an id of 15 or 18 characters, also if it is in the recycle bin. */
  public Optional<StoredRecord> byId(String id) {
    long number = ids.read(id);
    if (number <= 0) {
      return Optional.empty();
    }
    return schema.byPrefix(id.substring(0, 3)).flatMap(type -> byNumber(type, number));
  }

  /** The record of an object with the given number in its id. */
  public Optional<StoredRecord> byNumber(SObjectType type, long number) {
    TypeStorage storage = storage(type);
    return Optional.ofNullable(image(storage, number)).map(image -> view(storage, number, image));
  }

  /** All records with a value in an indexed field, at most {@code limit}; deleted ones never. */
  public List<StoredRecord> byKey(SObjectType type, Field field, String value, int limit) {
    List<StoredRecord> found = new ArrayList<>();
    if (field.system() == Field.SystemField.ID) {
      byId(value).filter(r -> r.type() == type && !r.deleted()).ifPresent(found::add);
      return found;
    }
    try (RecordCursor cursor = range(type, field, value, value)) {
      while (found.size() < limit && cursor.next()) {
        byNumber(type, cursor.record().number()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** All records of an object in the order of creation. To be closed by the caller. */
  public RecordCursor scan(SObjectType type, RecordCursor.Show show) {
    TypeStorage storage = storage(type);
    ByteSink prefix = new ByteSink(9);
    storage.recordPrefix(prefix);
    StoredRecord record = new StoredRecord(storage, ids);
    boolean all = show == RecordCursor.Show.WITH_DELETED;
    return new RecordCursor(
        store.iterator(Family.RECORDS),
        prefix.toByteArray(),
        prefix.toByteArray(),
        new RecordCursor.ByNumber(record, r -> all || !r.deleted()));
  }

  /** As {@link #scan}, from the youngest record to the oldest. */
  public RecordCursor backwards(SObjectType type, RecordCursor.Show show) {
    TypeStorage storage = storage(type);
    ByteSink prefix = new ByteSink(9);
    storage.recordPrefix(prefix);
    boolean all = show == RecordCursor.Show.WITH_DELETED;
    return RecordCursor.backwards(
        store.iterator(Family.RECORDS),
        prefix.toByteArray(),
        storage.recordKey(NUMBER_MAX),
        new RecordCursor.ByNumber(new StoredRecord(storage, ids), r -> all || !r.deleted()));
  }

  /**
   * The records whose id lies between two, both included, null being no bound; all where a bound is
   * no id of this org's records of that object. To be closed by the caller.
   */
  public RecordCursor idRange(SObjectType type, @Nullable String from, @Nullable String to) {
    TypeStorage storage = storage(type);
    ByteSink prefix = new ByteSink(9);
    storage.recordPrefix(prefix);
    long first = number(type, from, 0);
    long last = number(type, to, NUMBER_MAX);
    return new RecordCursor(
        store.iterator(Family.RECORDS),
        prefix.toByteArray(),
        storage.recordKey(first),
        new RecordCursor.ByNumber(new StoredRecord(storage, ids), r -> !r.deleted(), last));
  }

  private long number(SObjectType type, @Nullable String id, long otherwise) {
    long number = id == null ? NONE : ids.read(id);
    boolean own = number > 0 && id != null && id.startsWith(type.keyPrefix());
    return own ? Math.min(number, NUMBER_MAX) : otherwise;
  }

  /**
   * The records with a value in an indexed field, in the order of that field (by bytes, in small
   * letters unless the field minds case). To be closed by the caller.
   *
   * @param from lowest value, null for no bound
   * @param to highest value, null for no bound
   */
  public RecordCursor range(
      SObjectType type, Field field, @Nullable String from, @Nullable String to) {
    TypeStorage storage = storage(type);
    ByteSink prefix = new ByteSink(64);
    storage.indexPrefix(field, prefix);
    byte[] start = from == null ? prefix.toByteArray() : bound(storage, field, from);
    byte @Nullable [] end = to == null ? null : bound(storage, field, to);
    StoredRecord record = new StoredRecord(storage, ids);
    return new RecordCursor(
        store.iterator(Family.KEYS),
        prefix.toByteArray(),
        start,
        new RecordCursor.ByIndex(
            record,
            number -> {
              byte[] image = image(storage, number);
              return image == null ? new byte[0] : image;
            },
            key -> end == null || notAfter(key, end, field.keyed().unique()),
            !field.keyed().unique()));
  }

  private static boolean notAfter(byte[] key, byte[] end, boolean unique) {
    if (!unique && Database.startsWith(key, end)) {
      return true;
    }
    return Arrays.compareUnsigned(key, end) <= 0;
  }

  private static byte[] bound(TypeStorage storage, Field field, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    ByteSink key = new ByteSink(64);
    storage.indexKey(field, text, 0, text.length, key);
    return key.toByteArray();
  }

  /** The bytes of a record, null if it does not exist. */
  public byte @Nullable [] image(TypeStorage storage, long number) {
    return store.get(Family.RECORDS, storage.recordKey(number));
  }

  /**
   * The number of the record with a value in an indexed field, {@link #NONE} or {@link #SEVERAL}.
   *
   * @param key a sink to build the key in, emptied first
   */
  public long find(
      TypeStorage storage, Field field, byte[] value, int at, int length, ByteSink key) {
    key.clear();
    storage.indexKey(field, value, at, length, key);
    if (field.keyed().unique()) {
      byte @Nullable [] found = store.find(Family.KEYS, key.array(), 0, key.size());
      return found == null ? NONE : RecordCursor.number(found, 0);
    }
    byte[] prefix = key.toByteArray();
    long number = NONE;
    try (var iterator = store.iterator(Family.KEYS)) {
      for (iterator.seek(prefix); iterator.isValid(); iterator.next()) {
        byte[] found = iterator.key();
        if (!Database.startsWith(found, prefix) || found.length != prefix.length + 6) {
          break;
        }
        if (number != NONE) {
          return SEVERAL;
        }
        number = RecordCursor.number(found, prefix.length);
      }
    }
    return number;
  }

  /** Adds a record's bytes to a batch. */
  public void put(StoreBatch batch, TypeStorage storage, long number, ByteSink image) {
    byte[] key = storage.recordKey(number);
    batch.put(Family.RECORDS, key, 0, key.length, image.array(), 0, image.size());
  }

  /** Adds the removal of a record to a batch. */
  public void remove(StoreBatch batch, TypeStorage storage, long number) {
    byte[] key = storage.recordKey(number);
    batch.delete(Family.RECORDS, key, 0, key.length);
  }

  /** Adds an index entry to a batch. */
  public void putKey(
      StoreBatch batch,
      TypeStorage storage,
      Field field,
      byte[] value,
      int at,
      int length,
      long number,
      ByteSink key) {
    key.clear();
    storage.indexKey(field, value, at, length, key);
    int end = key.size();
    key.putBigEndian(number, 6);
    boolean unique = field.keyed().unique();
    batch.put(
        Family.KEYS, key.array(), 0, unique ? end : key.size(), key.array(), end, unique ? 6 : 0);
  }

  /** Adds the removal of an index entry to a batch. */
  public void removeKey(
      StoreBatch batch,
      TypeStorage storage,
      Field field,
      byte[] value,
      int at,
      int length,
      long number,
      ByteSink key) {
    key.clear();
    storage.indexKey(field, value, at, length, key);
    if (!field.keyed().unique()) {
      key.putBigEndian(number, 6);
    }
    batch.delete(Family.KEYS, key.array(), 0, key.size());
    storage.keyRemoved();
  }

  /** Writes a batch together with the objects' counters; to be called with their locks held. */
  public void write(StoreBatch batch, List<TypeStorage> touched) {
    for (TypeStorage storage : touched) {
      Database.putFact(batch, "count/" + storage.type().name(), storage.counters());
    }
    store.write(batch);
  }

  private StoredRecord view(TypeStorage storage, long number, byte[] image) {
    StoredRecord record = new StoredRecord(storage, ids);
    record.read(number, image, image.length);
    return record;
  }
}
