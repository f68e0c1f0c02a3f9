package io.initload.simulator.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes that can be emptied and used again. For one thread. */
public final class ByteSink {
  private byte[] bytes;
  private int size;

  public ByteSink(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** The array behind it; valid up to {@link #size} and until the next write. */
  public byte[] array() {
    return bytes;
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }

  /** Forgets everything after the first {@code length} bytes. */
  public void truncate(int length) {
    size = length;
  }

  public void put(int b) {
    if (size == bytes.length) {
      room(1);
    }
    bytes[size++] = (byte) b;
  }

  public void put(byte[] from) {
    put(from, 0, from.length);
  }

  public void put(byte[] from, int at, int length) {
    room(length);
    System.arraycopy(from, at, bytes, size, length);
    size += length;
  }

  public void putAscii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  public void putUtf8(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes the low {@code count} bytes of a number, highest first, so that keys sort by it. */
  public void putBigEndian(long number, int count) {
    room(count);
    for (int shift = (count - 1) * 8; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (number >>> shift);
    }
  }

  /** Writes a number of zero or more in seven-bit groups, lowest first. */
  public void putVarint(long number) {
    room(10);
    long rest = number;
    while (rest >= 0x80) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Makes sure that many more bytes fit, so that {@link #array} can be written to directly. */
  public void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** Counts bytes that were written to {@link #array} directly. */
  public void skip(int written) {
    size += written;
  }
}
