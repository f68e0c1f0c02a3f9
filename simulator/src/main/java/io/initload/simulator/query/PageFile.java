package io.initload.simulator.query;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Printed rows on disk, of which any page can be read without reading what is before it. Two files:
 * the rows, each with its length, and the places of every 256th row. Written once; then safe for
 * several readers.
 */
public final class PageFile {
  private static final int INDEXED_EVERY = 256;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Path file;

  /** The file at a path, whether or not it exists yet. */
  public PageFile(Path file) {
    this.file = file;
  }

  private Path index() {
    return file.resolveSibling(file.getFileName() + ".index");
  }

  /** Takes the bytes of a row, from 0 to length. */
  @FunctionalInterface
  public interface RowSink {
    /** The array is used again for the next row. */
    void row(byte[] bytes, int length) throws IOException;
  }

  /** Starts to write; what was there is overwritten. */
  public Writer write() throws IOException {
    return new Writer();
  }

  /**
   * Gives rows {@code from} (from 0 on) to {@code from + count}, as far as there are any, to the
   * sink.
   */
  public void read(long from, long count, RowSink sink) throws IOException {
    if (count <= 0) {
      return;
    }
    long place = place(from / INDEXED_EVERY);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(
                    Channels.newInputStream(channel.position(place)), BUFFER_BYTES))) {
      long end = channel.size();
      long at = place;
      byte[] row = new byte[1_024];
      for (long number = from / INDEXED_EVERY * INDEXED_EVERY;
          number < from + count && at < end;
          number++) {
        int length = in.readInt();
        row = row.length < length ? new byte[length * 2] : row;
        in.readFully(row, 0, length);
        at += Integer.BYTES + length;
        if (number >= from) {
          sink.row(row, length);
        }
      }
    }
  }

  private long place(long entry) throws IOException {
    try (FileChannel channel = FileChannel.open(index(), StandardOpenOption.READ)) {
      ByteBuffer place = ByteBuffer.allocate(Long.BYTES);
      if (channel.read(place, entry * Long.BYTES) < Long.BYTES) {
        return Files.size(file);
      }
      return place.getLong(0);
    }
  }

  /** Deletes both files, if they are there. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
      Files.deleteIfExists(index());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }

  /** Appends rows. For one thread. */
  public final class Writer implements AutoCloseable {
    private final DataOutputStream rows;
    private final DataOutputStream places;
    private long count;
    private long bytes;

    private Writer() throws IOException {
      rows =
          new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES));
      places = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(index())));
    }

    /** Appends a row. */
    public void add(byte[] row, int length) throws IOException {
      if (count % INDEXED_EVERY == 0) {
        places.writeLong(bytes);
      }
      rows.writeInt(length);
      rows.write(row, 0, length);
      bytes += Integer.BYTES + length;
      count++;
    }

    /** Rows appended so far. */
    public long count() {
      return count;
    }

    /** Bytes of the rows appended so far. */
    public long bytes() {
      return bytes - count * Integer.BYTES;
    }

    @Override
    public void close() throws IOException {
      try (rows;
          places) {
        rows.flush();
        places.flush();
      }
    }
  }
}
