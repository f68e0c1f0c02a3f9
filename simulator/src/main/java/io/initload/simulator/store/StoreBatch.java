package io.initload.simulator.store;

/**
 * Changes that reach the disk together or not at all. Built in RocksDB's own format for a batch
 * (db/write_batch.cc: 8 bytes sequence, 4 bytes count, then tagged entries), so that one call into
 * the library carries them all. For one thread; can be used again after being written.
 */
public final class StoreBatch {
  private static final int HEADER = 12;
  private static final int DELETION_IN_FAMILY = 4;
  private static final int VALUE_IN_FAMILY = 5;

  private final ByteSink entries = new ByteSink(4 * 1024);
  private int count;

  public StoreBatch() {
    clear();
  }

  /** The parts of the database; each has its own files. */
  enum Family {
    FACTS(0),
    RECORDS(1),
    KEYS(2);

    /** Number RocksDB gives it, by the order in which families are created. */
    private final int number;

    Family(int number) {
      this.number = number;
    }
  }

  void clear() {
    entries.clear();
    for (int i = 0; i < HEADER; i++) {
      entries.put(0);
    }
    count = 0;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** Sets a key to a value. */
  void put(
      Family family,
      byte[] key,
      int keyAt,
      int keyLength,
      byte[] value,
      int valueAt,
      int valueLength) {
    entries.put(VALUE_IN_FAMILY);
    entries.putVarint(family.number);
    entries.putVarint(keyLength);
    entries.put(key, keyAt, keyLength);
    entries.putVarint(valueLength);
    entries.put(value, valueAt, valueLength);
    count++;
  }

  void put(Family family, byte[] key, byte[] value) {
    put(family, key, 0, key.length, value, 0, value.length);
  }

  void delete(Family family, byte[] key, int keyAt, int keyLength) {
    entries.put(DELETION_IN_FAMILY);
    entries.putVarint(family.number);
    entries.putVarint(keyLength);
    entries.put(key, keyAt, keyLength);
    count++;
  }

  byte[] encoded() {
    byte[] all = entries.toByteArray();
    for (int i = 0; i < 4; i++) {
      all[8 + i] = (byte) (count >>> (8 * i));
    }
    return all;
  }
}
