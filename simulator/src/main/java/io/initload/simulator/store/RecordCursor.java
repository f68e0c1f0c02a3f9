package io.initload.simulator.store;

import java.util.function.LongFunction;
import java.util.function.Predicate;
import org.rocksdb.RocksIterator;

/**
 * Walks over records as they were when it was opened. Holds native memory until closed. For one
 * thread.
 */
public final class RecordCursor implements AutoCloseable {
  /** Which records a scan shows. */
  public enum Show {
    LIVE,
    WITH_DELETED
  }

  private final RocksIterator iterator;
  private final byte[] prefix;
  private final Step step;
  private final Runnable forth;
  private boolean started;

  RecordCursor(RocksIterator iterator, byte[] prefix, byte[] start, Step step) {
    this(iterator, prefix, step, iterator::next);
    iterator.seek(start);
  }

  private RecordCursor(RocksIterator iterator, byte[] prefix, Step step, Runnable forth) {
    this.iterator = iterator;
    this.prefix = prefix;
    this.step = step;
    this.forth = forth;
  }

  /** Walks from the last key that is not above the start to the first one. */
  static RecordCursor backwards(RocksIterator iterator, byte[] prefix, byte[] start, Step step) {
    iterator.seekForPrev(start);
    return new RecordCursor(iterator, prefix, step, iterator::prev);
  }

  /** Reads what the iterator stands on; answers whether it is to be shown and whether to go on. */
  interface Step {
    Seen at(byte[] key, RocksIterator iterator);

    StoredRecord record();
  }

  /** What a step found. */
  enum Seen {
    SHOW,
    SKIP,
    END
  }

  /** Goes to the next record; false if there is none. */
  public boolean next() {
    while (true) {
      if (started) {
        forth.run();
      }
      started = true;
      if (!iterator.isValid()) {
        return false;
      }
      byte[] key = iterator.key();
      if (!Database.startsWith(key, prefix)) {
        return false;
      }
      Seen seen = step.at(key, iterator);
      if (seen != Seen.SKIP) {
        return seen == Seen.SHOW;
      }
    }
  }

  /** The record it stands on; the same object for all rows. */
  public StoredRecord record() {
    return step.record();
  }

  @Override
  public void close() {
    iterator.close();
  }

  /** Reads records in the order of their numbers, to the last one asked for. */
  record ByNumber(StoredRecord record, Predicate<StoredRecord> shown, long last) implements Step {
    ByNumber(StoredRecord record, Predicate<StoredRecord> shown) {
      this(record, shown, Long.MAX_VALUE);
    }

    @Override
    public Seen at(byte[] key, RocksIterator iterator) {
      long number = number(key, key.length - 6);
      if (number > last) {
        return Seen.END;
      }
      byte[] image = iterator.value();
      record.read(number, image, image.length);
      return shown.test(record) ? Seen.SHOW : Seen.SKIP;
    }
  }

  /** Reads records in the order of an indexed field. */
  record ByIndex(
      StoredRecord record, LongFunction<byte[]> image, Predicate<byte[]> before, boolean inKey)
      implements Step {
    @Override
    public Seen at(byte[] key, RocksIterator iterator) {
      if (!before.test(key)) {
        return Seen.END;
      }
      byte[] source = inKey ? key : iterator.value();
      long number = number(source, source.length - 6);
      byte[] bytes = image.apply(number);
      if (bytes.length == 0) {
        return Seen.SKIP;
      }
      record.read(number, bytes, bytes.length);
      return Seen.SHOW;
    }
  }

  static long number(byte[] bytes, int at) {
    long number = 0;
    for (int i = 0; i < 6; i++) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
