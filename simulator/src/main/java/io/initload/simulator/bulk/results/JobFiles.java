package io.initload.simulator.bulk.results;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The files of one job: what was uploaded, rows that succeeded, rows that failed. */
public final class JobFiles implements AutoCloseable {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path upload;
  private final FileChannel uploadChannel;
  private final FileChannel success;
  private final FileChannel failed;
  private long successEnd;
  private long failedEnd;

  private JobFiles(Path upload, FileChannel data, FileChannel success, FileChannel failed)
      throws IOException {
    this.upload = upload;
    this.uploadChannel = data;
    this.success = success;
    this.failed = failed;
    this.successEnd = success.size();
    this.failedEnd = failed.size();
  }

  public static Path upload(Path folder, String jobId) {
    return folder.resolve(jobId + ".csv");
  }

  static Path success(Path folder, String jobId) {
    return folder.resolve(jobId + ".success");
  }

  static Path failed(Path folder, String jobId) {
    return folder.resolve(jobId + ".failed");
  }

  /** Opens the files for a job that is about to run; the caller closes them. */
  public static JobFiles open(Path folder, String jobId) {
    Path upload = upload(folder, jobId);
    try {
      FileChannel data = FileChannel.open(upload, StandardOpenOption.READ);
      return new JobFiles(
          upload, data, results(success(folder, jobId)), results(failed(folder, jobId)));
    } catch (IOException e) {
      throw new UncheckedIOException("Files of job " + jobId + " cannot be opened", e);
    }
  }

  private static FileChannel results(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), PRIVATE);
  }

  /** Creates a file for an upload that is still arriving; the caller closes it. */
  public static FileChannel receive(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        PRIVATE);
  }

  public static void accept(Path received, Path folder, String jobId) throws IOException {
    Files.move(received, upload(folder, jobId), StandardCopyOption.ATOMIC_MOVE);
  }

  public static void delete(Path folder, String jobId) {
    try {
      Files.deleteIfExists(upload(folder, jobId));
      Files.deleteIfExists(success(folder, jobId));
      Files.deleteIfExists(failed(folder, jobId));
    } catch (IOException e) {
      throw new UncheckedIOException("Files of job " + jobId + " cannot be deleted", e);
    }
  }

  /** Fills a buffer from the upload. Safe for several threads. */
  public void read(byte[] into, int length, long from) {
    read(uploadChannel, into, length, from);
  }

  public static void read(FileChannel channel, byte[] into, int length, long from) {
    ByteBuffer buffer = ByteBuffer.wrap(into, 0, length);
    try {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new IOException("file is shorter than it was");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A file of a job cannot be read", e);
    }
  }

  /** Appends successful rows; answers where they start. Safe for several threads. */
  public long appendSuccess(byte[] rows, int length) {
    long at;
    synchronized (success) {
      at = successEnd;
      successEnd += length;
    }
    write(success, rows, length, at);
    return at;
  }

  /** Appends failed rows; answers where they start. Safe for several threads. */
  public long appendFailed(byte[] rows, int length) {
    long at;
    synchronized (failed) {
      at = failedEnd;
      failedEnd += length;
    }
    write(failed, rows, length, at);
    return at;
  }

  private static void write(FileChannel file, byte[] rows, int length, long at) {
    ByteBuffer buffer = ByteBuffer.wrap(rows, 0, length);
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer, at + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Results of a job cannot be written", e);
    }
  }

  public void deleteUpload() {
    try {
      Files.deleteIfExists(upload);
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + upload + " cannot be deleted", e);
    }
  }

  @Override
  public void close() {
    try (uploadChannel;
        success;
        failed) {
      // closes all three
    } catch (IOException e) {
      throw new UncheckedIOException("Files of a job cannot be closed", e);
    }
  }
}
