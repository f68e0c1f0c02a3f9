package io.initload.simulator.store;

import io.initload.simulator.store.StoreBatch.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.Holder;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The RocksDB database of an org, in three parts: facts by name (jobs, their progress, allocations
 * used), records in the order of their numbers (so that new ones are only ever appended), and index
 * keys. Safe for several threads. Whoever opens it closes it.
 */
final class Database implements AutoCloseable {
  private final DBOptions options;
  private final LRUCache cache;
  private final BloomFilter bloom;
  private final WriteOptions writes;
  private final ReadOptions reads;
  private final List<ColumnFamilyOptions> familyOptions = new ArrayList<>();
  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final RocksDB db;

  /**
   * Opens or creates it.
   *
   * @param kept whether the data outlives the process; if not, no log is written
   * @throws UncheckedIOException if the folder cannot be used, for example by a second org
   */
  Database(Path folder, boolean kept) {
    RocksDB.loadLibrary();
    this.reads = new ReadOptions().setVerifyChecksums(false);
    this.cache = new LRUCache(64L << 20);
    this.bloom = new BloomFilter(10, false);
    this.options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxOpenFiles(256)
            .setMaxBackgroundJobs(2)
            .setAllowFAllocate(kept)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setKeepLogFileNum(2)
            .setAvoidFlushDuringShutdown(!kept)
            .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL);
    this.writes = new WriteOptions().setDisableWAL(!kept);
    List<ColumnFamilyDescriptor> parts = new ArrayList<>();
    parts.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(4L << 20)));
    parts.add(new ColumnFamilyDescriptor(bytes("records"), family(64L << 20)));
    parts.add(new ColumnFamilyDescriptor(bytes("keys"), family(64L << 20)));
    parts.forEach(part -> familyOptions.add(part.getOptions()));
    try {
      this.db = RocksDB.open(options, folder.toString(), parts, families);
    } catch (RocksDBException e) {
      throw new UncheckedIOException(
          "The org's data in " + folder + " cannot be opened; is another simulator using it?",
          new IOException(e));
    }
  }

  private ColumnFamilyOptions family(long memory) {
    BlockBasedTableConfig table =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(bloom)
            .setFormatVersion(5)
            .setBlockSize(8 * 1024)
            .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
            .setCacheIndexAndFilterBlocks(false);
    return new ColumnFamilyOptions()
        .setTableFormatConfig(table)
        .setWriteBufferSize(memory)
        .setMaxWriteBufferNumber(4)
        .setMemtableWholeKeyFiltering(true)
        .setMemtablePrefixBloomSizeRatio(0.05)
        .setLevel0FileNumCompactionTrigger(6)
        .setMaxBytesForLevelBase(512L << 20)
        .setTargetFileSizeBase(64L << 20)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setBottommostCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  private ColumnFamilyHandle handle(Family family) {
    return families.get(
        switch (family) {
          case FACTS -> 0;
          case RECORDS -> 1;
          case KEYS -> 2;
        });
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Writes a batch and empties it. */
  void write(StoreBatch batch) {
    if (batch.isEmpty()) {
      return;
    }
    try (WriteBatch encoded = new WriteBatch(batch.encoded())) {
      db.write(writes, encoded);
    } catch (RocksDBException e) {
      throw failed(e);
    }
    batch.clear();
  }

  /** Adds a fact, found again by its name, to a batch. */
  static void putFact(StoreBatch batch, String name, byte[] value) {
    batch.put(Family.FACTS, bytes(name), value);
  }

  /** A fact by name. */
  Optional<byte[]> findFact(String name) {
    return Optional.ofNullable(get(Family.FACTS, bytes(name)));
  }

  byte @Nullable [] get(Family family, byte[] key) {
    try {
      return db.get(handle(family), reads, key);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  /**
   * As {@link #get(Family, byte[])}, for a key that often does not exist: the library's own get
   * throws and catches inside itself when it finds nothing, which costs more than looking.
   */
  byte @Nullable [] find(Family family, byte[] key, int at, int length) {
    Holder<byte[]> held = new Holder<>();
    try {
      if (!db.keyMayExist(handle(family), reads, key, at, length, held)) {
        return null;
      }
      byte[] value = held.getValue();
      return value != null ? value : db.get(handle(family), reads, key, at, length);
    } catch (RocksDBException e) {
      throw failed(e);
    }
  }

  RocksIterator iterator(Family family) {
    return db.newIterator(handle(family), reads);
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && java.util.Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  private static UncheckedIOException failed(RocksDBException e) {
    return new UncheckedIOException("The org's data cannot be read or written", new IOException(e));
  }

  @Override
  public void close() {
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    familyOptions.forEach(ColumnFamilyOptions::close);
    reads.close();
    writes.close();
    options.close();
    bloom.close();
    cache.close();
  }
}
