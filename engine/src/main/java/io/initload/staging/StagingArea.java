package io.initload.staging;

import io.initload.Failure;
import io.initload.Failure.Kind;
import io.initload.Failure.Reach;
import io.initload.FileName;
import io.initload.PrivateFile;
import io.initload.config.StagingConfig;
import io.initload.plan.LoadEstimate;
import io.initload.staging.PartWriter.PartLimits;
import io.initload.staging.gzip.Codec;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The staging directory: opens part writers, counts the bytes in use, sweeps what a crash left.
 * Files are readable by their owner alone. Safe for several threads and several processes.
 */
public final class StagingArea implements AutoCloseable {
  /** Bytes Salesforce's upload limit leaves for uncompressed CSV; no part is ever larger. */
  public static final long PART_BYTES_MAX = 100_000_000;

  private static final String SUFFIX = ".csv.gz";

  private final StagingConfig config;
  private final Path directory;
  private final Codec codec;
  private final OpenFiles openFiles;

  private StagingArea(StagingConfig config, Path directory, Codec codec, OpenFiles openFiles) {
    this.config = config;
    this.directory = directory;
    this.codec = codec;
    this.openFiles = openFiles;
  }

  /**
   * Creates the directory where it is missing, proves that it can be written and sweeps the
   * unfinished files of processes that are gone.
   *
   * @throws Failure {@code STAGING_DIRECTORY} when it cannot be created or written
   */
  public static StagingArea open(StagingConfig config, Codec codec) {
    Path directory = config.directory().toAbsolutePath();
    if (config.partBytes().bytes() > PART_BYTES_MAX) {
      throw new IllegalArgumentException("partBytes above " + PART_BYTES_MAX);
    }
    try {
      PrivateFile.directory(directory);
      OpenFiles openFiles = OpenFiles.claim(directory);
      openFiles.sweep();
      return new StagingArea(config, directory, codec, openFiles);
    } catch (IOException e) {
      Failure cause = StagingFailures.of("use the staging directory", directory, e);
      if (cause.code().equals("STAGING_DISK_FULL")) {
        throw cause;
      }
      throw new Failure(
          Reach.RUN,
          Kind.PLATFORM,
          "STAGING_DIRECTORY",
          "The staging directory %s cannot be written: %s."
              .formatted(
                  directory,
                  e instanceof java.nio.file.AccessDeniedException
                      ? "permission denied"
                      : String.valueOf(e.getMessage())),
          "Let staging.directory name a directory that this user may create and write.",
          e);
    }
  }

  public Path directory() {
    return directory;
  }

  /**
   * Opens a writer for the parts of one chunk.
   *
   * @param name unique for the chunk, for example {@code SALES.CUSTOMERS-00017}; becomes part of
   *     the file name
   * @param firstNumber number of the first part
   * @param sealed called for each part when it is durable, by the thread that writes
   */
  public PartWriter writer(
      String name, List<String> header, int firstNumber, Consumer<SealedPart> sealed) {
    return new PartWriter(
        new PartLimits(
            Math.max(LoadEstimate.BATCH_ROWS, config.partRows()), config.partBytes().bytes()),
        header,
        firstNumber,
        number -> openFiles.temporary(path(name, number)),
        number -> path(name, number),
        codec,
        sealed);
  }

  /**
   * A row that can be staged under a header exactly where it has no {@link CsvRow#problem()}, to
   * try rows before they are entered.
   */
  public CsvRow row(List<String> header) {
    return PartWriter.row(header, config.partBytes().bytes());
  }

  /**
   * Opens a writer for a list that outlives the parts: it is never swept. One file, whatever the
   * number of rows.
   *
   * @param name unique in the migration; a file of that name is replaced when the writer seals
   */
  public PartWriter keep(String name, List<String> header, Consumer<SealedPart> sealed) {
    try {
      PrivateFile.directory(receipts());
    } catch (IOException e) {
      throw StagingFailures.of("make", receipts(), e);
    }
    return new PartWriter(
        new PartLimits(Long.MAX_VALUE, Integer.MAX_VALUE),
        header,
        1,
        number -> openFiles.temporary(kept(name)),
        number -> kept(name),
        codec,
        sealed);
  }

  /**
   * A place for what memory is too small for; a crash leaves nothing of it.
   *
   * @param name unique among what is open
   */
  public Spool spool(String name) {
    return new Spool(openFiles.temporary(directory.resolve(FileName.of(name) + ".spool")));
  }

  /**
   * Finds the numbers that repeat, where there may be more of them than memory holds; a crash
   * leaves nothing of it.
   *
   * @param name unique among what is open
   */
  public DuplicateKeys repeats(String name) {
    return new DuplicateKeys(
        openFiles.temporary(directory.resolve(FileName.of(name) + ".repeats")));
  }

  /** The files of all lists that are kept. */
  public List<Path> kept() {
    return Files.isDirectory(receipts()) ? sealed(receipts()) : List.of();
  }

  /** Moves files into a new folder of that name inside this one, where nothing looks. */
  public Path setAside(List<Path> files, String name) {
    Path folder = directory.resolve(name);
    try {
      PrivateFile.directory(folder);
      for (Path file : files) {
        Files.move(file, folder.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw StagingFailures.of("fill", folder, e);
    }
    return folder;
  }

  /** The file of a list that is kept. */
  public Path kept(String name) {
    return receipts().resolve(FileName.of(name) + SUFFIX);
  }

  private Path receipts() {
    return directory.resolve("receipts");
  }

  /** A staging area of its own in a directory inside this one; the caller closes it. */
  public StagingArea within(String name) {
    return open(
        new StagingConfig(
            directory.resolve(name), config.maxBytes(), config.partRows(), config.partBytes()),
        codec);
  }

  /**
   * Writes the chosen records of a part as a new part.
   *
   * @param keep zero-based record numbers; at least one
   */
  public SealedPart filter(StagedPart part, BitSet keep, String name, int number) {
    AtomicReference<SealedPart> result = new AtomicReference<>();
    try (StagedPart.Rows rows = part.rows();
        PartWriter writer = writer(name, rows.header(), number, result::set)) {
      for (int i = 0; rows.hasNext(); i++) {
        List<String> record = rows.next();
        if (keep.get(i)) {
          writer.write(record);
        }
      }
      writer.finish();
    }
    SealedPart sealed = result.get();
    if (sealed == null) {
      throw new IllegalArgumentException("no record of " + part.sealed().path() + " was chosen");
    }
    return sealed;
  }

  /** The file of a part. */
  public Path path(String name, int number) {
    return directory.resolve("%s-%03d%s".formatted(FileName.of(name), number, SUFFIX));
  }

  /** All sealed part files. */
  public List<Path> parts() {
    return sealed(directory);
  }

  private static List<Path> sealed(Path where) {
    List<Path> paths = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(where, "*" + SUFFIX)) {
      for (Path file : files) {
        if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          paths.add(file);
        }
      }
    } catch (IOException e) {
      throw StagingFailures.of("list", where, e);
    }
    paths.sort(null);
    return paths;
  }

  /**
   * Deletes the sealed part files that nobody needs: a crash left them between sealing and the
   * entry in the books. Only while no other process writes here.
   */
  public void sweepParts(Set<Path> needed) {
    for (Path part : parts()) {
      if (!needed.contains(part)) {
        try {
          Files.deleteIfExists(part);
        } catch (IOException e) {
          throw StagingFailures.of("delete", part, e);
        }
      }
    }
  }

  /** Bytes of all files in the directory, open parts included, whoever wrote them. */
  public long usedBytes() {
    long sum = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try {
          sum += Files.size(file);
        } catch (NoSuchFileException gone) {
          // Deleted since it was listed.
        }
      }
    } catch (IOException e) {
      throw StagingFailures.of("list", directory, e);
    }
    return sum;
  }

  /** Whether extraction has to wait for uploads ({@code staging.maxBytes}). */
  public boolean full() {
    return usedBytes() >= config.maxBytes().bytes();
  }

  /** Gives up the claim on unfinished files; open writers must be closed before. */
  @Override
  public void close() {
    openFiles.close();
  }
}
