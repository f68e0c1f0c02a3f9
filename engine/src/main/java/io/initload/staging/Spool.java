package io.initload.staging;

import io.initload.PrivateFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists of texts set aside on the disk, where there may be more of them than memory holds, and
 * found again by their place. The file is made with the first list, readable by its owner alone,
 * and gone when closed. Not thread-safe.
 */
public final class Spool implements AutoCloseable {
  private final Path path;
  private @Nullable RandomAccessFile file;

  /** What is not in the file yet. */
  private byte[] pending = new byte[0];

  private int pendingBytes;
  private long written;

  /** Bytes read for one list at first; most lists are shorter. */
  private final byte[] piece = new byte[1024];

  /** Bytes of the list that was read last. */
  private int lastLength;

  Spool(Path path) {
    this.path = path;
  }

  /** Sets a list aside and returns its place. */
  public long add(List<String> texts) {
    byte[] list = encode(texts);
    try {
      if (file == null) {
        PrivateFile.replace(path);
        file = new RandomAccessFile(path.toFile(), "rw");
        pending = new byte[64 * 1024];
      }
      if (list.length > pending.length - pendingBytes) {
        flush(file);
      }
      long place = written + pendingBytes;
      if (list.length > pending.length) {
        file.seek(written);
        file.write(list);
        written += list.length;
      } else {
        System.arraycopy(list, 0, pending, pendingBytes, list.length);
        pendingBytes += list.length;
      }
      return place;
    } catch (IOException e) {
      throw StagingFailures.of("write", path, e);
    }
  }

  /** Shows all lists in the order in which they were set aside. */
  public void each(Consumer<List<String>> to) {
    long place = 0;
    while (place < written + pendingBytes) {
      List<String> list = at(place);
      place += lastLength;
      to.accept(list);
    }
  }

  /** The list that was set aside at a place. */
  public List<String> at(long place) {
    RandomAccessFile from = file;
    if (from == null) {
      throw new IllegalArgumentException("nothing was set aside at " + place);
    }
    try {
      flush(from);
      from.seek(place);
      int count = Math.max(0, from.read(piece));
      int length = ByteBuffer.wrap(piece).getInt();
      byte[] list = piece;
      if (length > count) {
        list = Arrays.copyOf(piece, length);
        from.readFully(list, count, length - count);
      }
      lastLength = length;
      return decode(list, length);
    } catch (IOException e) {
      throw StagingFailures.of("read", path, e);
    }
  }

  /** Forgets all lists. */
  public void clear() {
    pendingBytes = 0;
    written = 0;
  }

  /** All bytes of the list, then each text with its own. */
  private static byte[] encode(List<String> texts) {
    List<byte[]> parts = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    int length = Integer.BYTES;
    for (byte[] part : parts) {
      length += Integer.BYTES + part.length;
    }
    ByteBuffer list = ByteBuffer.allocate(length).putInt(length);
    parts.forEach(part -> list.putInt(part.length).put(part));
    return list.array();
  }

  private static List<String> decode(byte[] bytes, int end) {
    ByteBuffer list = ByteBuffer.wrap(bytes, 0, end).position(Integer.BYTES);
    List<String> texts = new ArrayList<>();
    while (list.hasRemaining()) {
      int length = list.getInt();
      texts.add(new String(bytes, list.position(), length, StandardCharsets.UTF_8));
      list.position(list.position() + length);
    }
    return texts;
  }

  private void flush(RandomAccessFile to) throws IOException {
    if (pendingBytes > 0) {
      to.seek(written);
      to.write(pending, 0, pendingBytes);
      written += pendingBytes;
      pendingBytes = 0;
    }
  }

  @Override
  public void close() {
    RandomAccessFile open = file;
    if (open != null) {
      file = null;
      Durable.discard(open, path);
    }
  }
}
