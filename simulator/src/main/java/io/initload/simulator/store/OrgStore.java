package io.initload.simulator.store;

import io.initload.simulator.model.IdSpace;
import io.initload.simulator.model.Schema;
import io.initload.simulator.store.StoreBatch.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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
 * The org's disk: one RocksDB database and a folder for job files. Safe for several threads.
 * Whoever opens it closes it; nothing may be read or written afterwards.
 *
 * <p>It has three parts: facts by name (jobs, their progress, allocations used), records in the
 * order of their numbers (so that new ones are only ever appended), and index keys.
 */
public final class OrgStore implements AutoCloseable {
  /** Whether the data outlives the process. */
  public enum Durability {
    /** Everything is gone with the org; no log is written. */
    TEMPORARY,
    /** Survives the death of the process (not of the machine) at any moment. */
    KEPT
  }

  private final Path directory;
  private final Durability durability;
  private final DBOptions options;
  private final LRUCache cache;
  private final BloomFilter bloom;
  private final WriteOptions writes;
  private final ReadOptions reads;
  private final List<ColumnFamilyOptions> familyOptions = new ArrayList<>();
  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final RocksDB db;
  private final Records records;

  private OrgStore(Path directory, Durability durability, Schema schema, IdSpace ids) {
    RocksDB.loadLibrary();
    this.directory = directory;
    this.durability = durability;
    this.reads = new ReadOptions().setVerifyChecksums(false);
    this.cache = new LRUCache(64L << 20);
    this.bloom = new BloomFilter(10, false);
    this.options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setMaxOpenFiles(256)
            .setMaxBackgroundJobs(2)
            .setAllowFAllocate(durability == Durability.KEPT)
            .setStatsDumpPeriodSec(0)
            .setStatsPersistPeriodSec(0)
            .setKeepLogFileNum(2)
            .setAvoidFlushDuringShutdown(durability == Durability.TEMPORARY)
            .setInfoLogLevel(InfoLogLevel.FATAL_LEVEL);
    this.writes = new WriteOptions().setDisableWAL(durability == Durability.TEMPORARY);
    List<ColumnFamilyDescriptor> parts = new ArrayList<>();
    parts.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, family(4L << 20)));
    parts.add(new ColumnFamilyDescriptor(bytes("records"), family(64L << 20)));
    parts.add(new ColumnFamilyDescriptor(bytes("keys"), family(64L << 20)));
    parts.forEach(part -> familyOptions.add(part.getOptions()));
    try {
      this.db = RocksDB.open(options, directory.resolve("db").toString(), parts, families);
    } catch (RocksDBException e) {
      throw new UncheckedIOException(
          "The org's data in " + directory + " cannot be opened; is another simulator using it?",
          new IOException(e));
    }
    this.records = new Records(this, schema, ids);
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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ColumnFamilyHandle handle(Family family) {
    return families.get(
        switch (family) {
          case FACTS -> 0;
          case RECORDS -> 1;
          case KEYS -> 2;
        });
  }

  /**
   * Opens or creates the data of an org.
   *
   * @param directory created, readable by the owner only, if it does not exist
   * @throws UncheckedIOException if the directory cannot be used, for example by a second org
   */
  public static OrgStore open(Path directory, Durability durability, Schema schema, IdSpace ids) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Data directory " + directory + " cannot be created", e);
    }
    return new OrgStore(directory, durability, schema, ids);
  }

  /** Whether the data outlives the process. */
  public Durability durability() {
    return durability;
  }

  /** The records of the org. */
  public Records records() {
    return records;
  }

  /** A folder for files of the given kind, created readable by the owner only. */
  public Path folder(String kind) {
    Path folder = directory.resolve(kind);
    try {
      return Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("Folder " + folder + " cannot be created", e);
    }
  }

  /** Writes a batch and empties it. */
  public void write(StoreBatch batch) {
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
  public void putFact(StoreBatch batch, String name, byte[] value) {
    batch.put(Family.FACTS, bytes(name), value);
  }

  /** Adds the removal of a fact to a batch. */
  public void removeFact(StoreBatch batch, String name) {
    byte[] key = bytes(name);
    batch.delete(Family.FACTS, key, 0, key.length);
  }

  /** A fact by name. */
  public Optional<byte[]> findFact(String name) {
    return Optional.ofNullable(get(Family.FACTS, bytes(name)));
  }

  /** Shows all facts whose name starts with a prefix, in order of name. */
  public void eachFact(String prefix, FactVisitor visitor) {
    byte[] start = bytes(prefix);
    try (RocksIterator at = iterator(Family.FACTS)) {
      for (at.seek(start); at.isValid() && startsWith(at.key(), start); at.next()) {
        visitor.visit(new String(at.key(), StandardCharsets.UTF_8), at.value());
      }
    }
  }

  /** Called with each fact. */
  @FunctionalInterface
  public interface FactVisitor {
    /** Sees one fact; the value may be kept. */
    void visit(String name, byte[] value);
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
