package io.initload.staging;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.initload.Sha256;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The reading side of a sealed part. Immutable; may be used by several threads. */
public final class StagedPart {
  private final SealedPart part;

  public StagedPart(SealedPart part) {
    this.part = part;
  }

  public SealedPart sealed() {
    return part;
  }

  /** Whether the file is there at all. */
  public boolean exists() {
    return Files.exists(part.path());
  }

  /**
   * Compares size and checksum with what was recorded at sealing.
   *
   * @throws io.initload.Failure {@code STAGING_CORRUPT} on any difference, {@code STAGING_IO}
   */
  public void verify() {
    try {
      BasicFileAttributes file =
          Files.readAttributes(part.path(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (!file.isRegularFile()) {
        throw StagingFailures.corrupt(part.path(), "it is a link, or no file at all");
      }
      long size = file.size();
      if (size != part.gzipBytes()) {
        throw StagingFailures.corrupt(
            part.path(), "%,d bytes instead of %,d".formatted(size, part.gzipBytes()));
      }
      if (!Sha256.of(part.path()).equals(part.sha256())) {
        throw StagingFailures.corrupt(part.path(), "another SHA-256");
      }
    } catch (NoSuchFileException e) {
      throw StagingFailures.corrupt(part.path(), "there is none");
    } catch (IOException e) {
      throw StagingFailures.of("read", part.path(), e);
    }
  }

  /** Whether the file has that SHA-256. */
  public boolean is(String sha256) {
    try {
      return Sha256.of(part.path()).equals(sha256);
    } catch (IOException e) {
      throw StagingFailures.of("read", part.path(), e);
    }
  }

  /** The file as it is; the caller closes it. */
  public InputStream gzip() {
    try {
      return Files.newInputStream(part.path());
    } catch (IOException e) {
      throw StagingFailures.of("open", part.path(), e);
    }
  }

  /** The CSV, header first; the caller closes it. */
  public InputStream csv() {
    InputStream raw = gzip();
    try {
      return new GZIPInputStream(new BufferedInputStream(raw, 64 * 1024), 64 * 1024);
    } catch (IOException e) {
      try {
        raw.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e instanceof EOFException || e instanceof ZipException
          ? StagingFailures.corrupt(part.path(), "it is no gzip file")
          : StagingFailures.of("inflate", part.path(), e);
    }
  }

  /** The records after the header, in order; the caller closes it. */
  public Rows rows() {
    return new Rows(part.path(), csv());
  }

  /** Deletes the file; nothing happens when it is gone, or a folder stands in its place. */
  public void delete() {
    try {
      if (!Files.isDirectory(part.path(), LinkOption.NOFOLLOW_LINKS)) {
        Files.deleteIfExists(part.path());
      }
    } catch (IOException e) {
      throw StagingFailures.of("delete", part.path(), e);
    }
  }

  /** Reads records one by one. Not thread-safe. */
  public static final class Rows implements Iterator<List<String>>, AutoCloseable {
    private final Path path;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<String> header;

    private Rows(Path path, InputStream csv) {
      this.path = path;
      this.reader =
          CsvReader.builder()
              .skipEmptyLines(false)
              .ofCsvRecord(new InputStreamReader(csv, StandardCharsets.UTF_8));
      this.records = reader.iterator();
      boolean ready = false;
      try {
        if (!hasNext()) {
          throw StagingFailures.corrupt(path, "it has no header");
        }
        this.header = List.copyOf(next());
        ready = true;
      } finally {
        if (!ready) {
          close();
        }
      }
    }

    public List<String> header() {
      return header;
    }

    /**
     * Whether there is another record.
     *
     * @throws io.initload.Failure {@code STAGING_CORRUPT} when the file cannot be read on
     */
    @Override
    public boolean hasNext() {
      try {
        return records.hasNext();
      } catch (UncheckedIOException | CsvParseException e) {
        throw StagingFailures.corrupt(path, String.valueOf(e.getMessage()));
      }
    }

    /** The texts of the next record; an absent value is an empty text. */
    @Override
    public List<String> next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no further record in " + path);
      }
      return records.next().getFields();
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw StagingFailures.of("close", path, e);
      }
    }
  }
}
