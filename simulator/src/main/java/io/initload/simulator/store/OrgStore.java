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
import java.util.Optional;
import org.rocksdb.RocksIterator;

/**
 * The org's disk: one RocksDB database and a folder for job files. Safe for several threads.
 * Whoever opens it closes it; nothing may be read or written afterwards.
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
  private final Database database;
  private final Records records;

  private OrgStore(Path directory, Durability durability, Schema schema, IdSpace ids) {
    this.directory = directory;
    this.durability = durability;
    this.database = new Database(directory.resolve("db"), durability == Durability.KEPT);
    this.records = new Records(database, schema, ids);
    Indexes indexes = new Indexes(database, records);
    schema.objects().forEach(type -> indexes.bring(records.storage(type)));
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
    database.write(batch);
  }

  /** Adds a fact, found again by its name, to a batch. */
  public void putFact(StoreBatch batch, String name, byte[] value) {
    Database.putFact(batch, name, value);
  }

  /** Adds the removal of a fact to a batch. */
  public void removeFact(StoreBatch batch, String name) {
    byte[] key = Database.bytes(name);
    batch.delete(Family.FACTS, key, 0, key.length);
  }

  /** A fact by name. */
  public Optional<byte[]> findFact(String name) {
    return database.findFact(name);
  }

  /** Shows all facts whose name starts with a prefix, in order of name. */
  public void eachFact(String prefix, FactVisitor visitor) {
    byte[] start = Database.bytes(prefix);
    try (RocksIterator at = database.iterator(Family.FACTS)) {
      for (at.seek(start); at.isValid() && Database.startsWith(at.key(), start); at.next()) {
        visitor.visit(new String(at.key(), StandardCharsets.UTF_8), at.value());
      }
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
