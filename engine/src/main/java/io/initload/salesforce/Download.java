package io.initload.salesforce;

import io.initload.Failure;
import io.initload.PrivateFile;
import io.initload.salesforce.wire.BoundedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A private temporary copy of an answer, uncompressed; removed when closed. */
final class Download implements AutoCloseable {
  private final Path file;
  private final long bytesMax;

  private Download(Path file, long bytesMax) {
    this.file = file;
    this.bytesMax = bytesMax;
  }

  /**
   * @param bytesMax what it may take
   */
  static Download in(Path directory, long bytesMax) {
    try {
      return new Download(PrivateFile.temporary(directory, "result-", ".csv"), bytesMax);
    } catch (IOException e) {
      throw disk(directory, e);
    }
  }

  Path file() {
    return file;
  }

  /** Replaces the copy by the body, from the start. Only failures of the body pass as they are. */
  long take(InputStream answer) throws IOException {
    InputStream body = new BoundedBody(answer, bytesMax);
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    try (OutputStream copy = open()) {
      for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
        write(copy, buffer, count);
        size += count;
      }
    }
    return size;
  }

  private OutputStream open() {
    try {
      return Files.newOutputStream(file);
    } catch (IOException e) {
      throw disk(file, e);
    }
  }

  private void write(OutputStream copy, byte[] buffer, int count) {
    try {
      copy.write(buffer, 0, count);
    } catch (IOException e) {
      throw disk(file, e);
    }
  }

  static Failure disk(Path where, Exception e) {
    return new Failure(
        Failure.Reach.RUN,
        Failure.Kind.PLATFORM,
        "DISK",
        "A result file cannot be kept at " + where + ": " + e,
        "Free space or mend permissions there and run the same command again; the org keeps"
            + " results for 7 days.",
        e);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw disk(file, e);
    }
  }
}
