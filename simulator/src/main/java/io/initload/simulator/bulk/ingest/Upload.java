package io.initload.simulator.bulk.ingest;

import io.initload.simulator.bulk.BulkErrors;
import io.initload.simulator.bulk.csv.Delimiter;
import io.initload.simulator.bulk.csv.UploadIndex;
import io.initload.simulator.bulk.csv.UploadScanner;
import io.initload.simulator.bulk.results.JobFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Data that is arriving for a job. Write the bytes, then commit; closing without a commit leaves
 * the job as it was. For one thread.
 */
public final class Upload implements AutoCloseable {
  private final Receiver receiver;
  private final Path file;
  private final FileChannel channel;
  private final UploadScanner scanner;
  private final long bytesMax;
  private final IngestRules.BrokenUpload broken;
  private long bytes;
  private boolean committed;

  /** Who gets the data in the end; asked once for each upload. */
  interface Receiver {
    /** The data is complete and lies in the file it was received in. */
    void accept(Path received, UploadIndex index);

    /** Nothing came of it. */
    void release();
  }

  Upload(Receiver receiver, Path file, Delimiter delimiter, long bytesMax, IngestRules rules) {
    this.receiver = receiver;
    this.file = file;
    this.bytesMax = bytesMax;
    this.broken = rules.brokenUpload();
    this.scanner = new UploadScanner(delimiter, rules.transactionRows());
    try {
      this.channel = JobFiles.receive(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + file + " cannot be created", e);
    }
  }

  /**
   * Takes some bytes.
   *
   * @throws io.initload.simulator.model.OrgException if there are more than a job may hold
   */
  public void write(byte[] data, int from, int length) {
    bytes += length;
    if (bytes > bytesMax) {
      throw BulkErrors.tooLarge(bytesMax);
    }
    scanner.accept(data, from, length);
    ByteBuffer buffer = ByteBuffer.wrap(data, from, length);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + file + " cannot be written", e);
    }
  }

  /** Bytes taken so far. */
  public long bytes() {
    return bytes;
  }

  /** Gives the data to the job. */
  public void commit() {
    UploadIndex index = scanner.finish();
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + file + " cannot be written", e);
    }
    receiver.accept(file, index);
    committed = true;
  }

  /** Says that no more bytes will come because the connection broke. */
  public void breakOff() {
    if (broken == IngestRules.BrokenUpload.PART) {
      commit();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!committed) {
        Files.deleteIfExists(file);
        receiver.release();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Upload " + file + " cannot be discarded", e);
    }
  }
}
