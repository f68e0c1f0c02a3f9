package io.initload.simulator.store;

import io.initload.simulator.model.Field;
import io.initload.simulator.store.StoreBatch.Family;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.rocksdb.RocksIterator;

/**
 * Brings kept data's indexes to what the objects are now: a field may have become a key, or one
 * that the org looks for records by, since its records were written.
 */
final class Indexes {
  private static final int BATCH_RECORDS = 1_000;

  private final Database store;
  private final Records records;
  private final ByteSink key = new ByteSink(128);

  Indexes(Database store, Records records) {
    this.store = store;
    this.records = records;
  }

  /** Indexes the fields of an object that were not. */
  void bring(TypeStorage storage) {
    String fact = "indexed/" + storage.type().name();
    Set<String> known =
        new HashSet<>(store.findFact(fact).map(TypeStorage::decodeNames).orElse(List.of()));
    List<String> now = storage.indexed().stream().map(Field::name).toList();
    if (known.equals(new HashSet<>(now))) {
      return;
    }
    List<Field> added = storage.indexed().stream().filter(f -> !known.contains(f.name())).toList();
    if (storage.live() > 0) {
      added.forEach(field -> clear(storage, field));
      index(storage, added);
    }
    StoreBatch batch = new StoreBatch();
    Database.putFact(batch, fact, TypeStorage.encodeNames(now));
    store.write(batch);
  }

  /** What may be left of a time when the field was indexed before. */
  private void clear(TypeStorage storage, Field field) {
    key.clear();
    storage.indexPrefix(field, key);
    byte[] prefix = key.toByteArray();
    StoreBatch batch = new StoreBatch();
    try (RocksIterator at = store.iterator(Family.KEYS)) {
      for (at.seek(prefix); at.isValid() && Database.startsWith(at.key(), prefix); at.next()) {
        byte[] found = at.key();
        batch.delete(Family.KEYS, found, 0, found.length);
      }
    }
    store.write(batch);
  }

  private void index(TypeStorage storage, List<Field> fields) {
    key.clear();
    storage.recordPrefix(key);
    byte[] prefix = key.toByteArray();
    RecordImage image = new RecordImage();
    StoreBatch batch = new StoreBatch();
    int read = 0;
    try (RocksIterator at = store.iterator(Family.RECORDS)) {
      for (at.seek(prefix); at.isValid() && Database.startsWith(at.key(), prefix); at.next()) {
        byte[] value = at.value();
        image.read(value, value.length);
        if (!image.deleted()) {
          put(batch, storage, fields, image, RecordCursor.number(at.key(), prefix.length));
        }
        if (++read % BATCH_RECORDS == 0) {
          store.write(batch);
        }
      }
    }
    store.write(batch);
  }

  private void put(
      StoreBatch batch, TypeStorage storage, List<Field> fields, RecordImage image, long number) {
    for (Field field : fields) {
      if (image.seek(storage.numberOf(field))) {
        records.putKey(
            batch,
            storage,
            field,
            image.array(),
            image.valueAt(),
            image.valueLength(),
            number,
            key);
      }
    }
  }
}
