package io.initload.staging;

import io.initload.PrivateFile;
import io.initload.staging.gzip.Codec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file of one open part: gzip header, deflate data, trailer. Under a temporary name until it is
 * sealed. Not thread-safe.
 */
public final class PartFile implements AutoCloseable, Codec.Output {
  private static final byte[] GZIP_HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

  /** An empty final block, with which deflate data may end at any byte boundary. */
  private static final byte[] LAST_BLOCK = {3, 0};

  private final Path path;
  private final RandomAccessFile file;
  private final byte[] buffer = new byte[256 * 1024];
  private int buffered;
  private long written;

  /** Creates the file, readable by its owner alone, and writes the gzip header. */
  PartFile(Path path) throws IOException {
    this.path = path;
    PrivateFile.replace(path);
    this.file = new RandomAccessFile(path.toFile(), "rw");
    write(GZIP_HEADER, 0, GZIP_HEADER.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.length - buffered) {
      flush();
      if (length >= buffer.length) {
        file.write(bytes, offset, length);
        written += length;
        return;
      }
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  /** Bytes written so far. */
  long size() {
    return written + buffered;
  }

  /** Appends everything from an offset of this file to another file and cuts it off here. */
  void moveTail(long from, PartFile to) throws IOException {
    flush();
    byte[] chunk = new byte[64 * 1024];
    file.seek(from);
    long left = written - from;
    while (left > 0) {
      int n = file.read(chunk, 0, (int) Math.min(left, chunk.length));
      if (n < 0) {
        throw new IOException(path + " is shorter than what was written to it");
      }
      to.write(chunk, 0, n);
      left -= n;
    }
    file.setLength(from);
    file.seek(from);
    written = from;
  }

  /** Ends the gzip member, makes it durable and gives it its final name. */
  void seal(long crc, long csvBytes, Path target) throws IOException {
    write(LAST_BLOCK, 0, LAST_BLOCK.length);
    byte[] trailer = new byte[8];
    for (int i = 0; i < 4; i++) {
      trailer[i] = (byte) (crc >>> (8 * i));
      trailer[4 + i] = (byte) (csvBytes >>> (8 * i));
    }
    write(trailer, 0, trailer.length);
    flush();
    file.getFD().sync();
    file.close();
    Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Durable.syncDirectory(target.toAbsolutePath().getParent());
  }

  /** Discards the file unless it is sealed. */
  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }

  private void flush() throws IOException {
    file.write(buffer, 0, buffered);
    written += buffered;
    buffered = 0;
  }
}
